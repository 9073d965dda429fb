/**
 * What runs in the worker: `new Worker(…, { type: "module" })` of this file.
 */
import * as scanPrecheck from "./browser.js";
import { serve } from "./worker-serve.js";

serve(self, scanPrecheck);
