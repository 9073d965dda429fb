/** Light or dark: what the user chose, or else what the system says, also when that changes. */

import { applyMode, disableMotion, Mode } from "@cloudscape-design/global-styles";
import { useEffect, useState } from "react";
import { read, write } from "./stored.ts";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

const isTheme = (value: string | undefined): value is Theme => THEMES.includes(value as Theme);

function apply(theme: Theme): void {
  const dark = theme === "dark" || (theme === "system" && systemDark.matches);
  applyMode(dark ? Mode.Dark : Mode.Light);
  disableMotion(reducedMotion.matches);
}

/** Called before the first view, so that it does not flash in the other theme. */
export function applyStoredTheme(): Theme {
  const stored = read("theme");
  const theme = isTheme(stored) ? stored : "system";
  apply(theme);
  return theme;
}

export function useTheme(initial: Theme): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(initial);
  useEffect(() => {
    const follow = () => apply(theme);
    follow();
    systemDark.addEventListener("change", follow);
    reducedMotion.addEventListener("change", follow);
    return () => {
      systemDark.removeEventListener("change", follow);
      reducedMotion.removeEventListener("change", follow);
    };
  }, [theme]);
  const choose = (chosen: Theme) => {
    write("theme", chosen);
    setTheme(chosen);
  };
  return [theme, choose];
}
