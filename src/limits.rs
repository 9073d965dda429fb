//! Every limit of the crate, each with its reason. Nothing else in the crate names such a number.

/// Values that one filter parameter may hold. A list of all digests of a large registry fits; an
/// endless generator or an array of four billion holes does not.
pub const MAX_FILTER_VALUES: usize = 100_000;

/// Length of one text from JavaScript, in UTF-16 units. Holds [`MAX_FILTER_VALUES`] digests as one comma
/// list twice over, and keeps a text of gigabytes from being copied.
pub const MAX_TEXT_UNITS: u32 = 16 * 1024 * 1024;

/// Keys of one object from JavaScript. A filter has 18 at most, counting both names of each.
pub const MAX_OBJECT_KEYS: u32 = 64;

/// How deep objects from JavaScript may hold others: `options.chargeModel.countBy` is 2.
pub const MAX_INPUT_DEPTH: usize = 3;

/// Bytes of one row, and of what surrounds the rows of one page. A row of any known export has some
/// kilobytes; beyond this a quote or a bracket is missing, and the rest of the file would pile up.
pub const MAX_RECORD_BYTES: usize = 16 * 1024 * 1024;

/// Bytes of a number that is taken for a whole one, however it is written: no program writes so many.
pub const MAX_NUMBER_BYTES: usize = 4096;

/// How deep arrays may hold arrays of pages before a JSON export is refused.
pub const MAX_ARRAY_DEPTH: usize = 8;

/// Numbers of pages of one export that are kept, to know a page that comes twice. A million rows take 50,000 pages of
/// the usual size.
pub const MAX_PAGE_NUMBERS: usize = 1 << 16;

/// Numbers of pages up to which it is known one by one whether a page came that must follow another one.
pub const MAX_LINKED_PAGES: usize = 4096;

/// Rows of one inventory. The operation answers in 32-bit signed integers.
pub const MAX_ROWS: u32 = i32::MAX as u32;

/// How many times as many rows a load expects at most as it has read: the beginning of a source tells little of its end.
pub const MAX_EXPECTED_GROWTH: u64 = 64;

/// Places of left-out rows that a report lists; further ones are counted.
pub const MAX_PLACES: usize = 100;

/// Unused names that a report lists.
pub const MAX_UNUSED_NAMES: usize = 100;

/// Characters of a user's value that a message repeats.
pub const MAX_QUOTED_CHARS: usize = 60;

/// Unmatched values that an estimate lists; further ones are counted.
pub const MAX_UNMATCHED_LISTED: usize = 1_000;

/// Suggestions in one answer, at most and without being told.
pub const MAX_SUGGESTIONS: u32 = 1_000;
/// See [`MAX_SUGGESTIONS`].
pub const DEFAULT_SUGGESTIONS: u32 = 20;

/// Quota is sold in steps of this many units, unless the caller says otherwise.
pub const DEFAULT_PURCHASE_STEP: u32 = 20;

/// Units that one image may cost: what all images of an inventory come to is then exact, to the millionth.
pub const MAX_COST: u32 = 1_000;

/// Characters of one text of a charge model, and how many assumptions it may state: they are shown with every answer.
pub const MAX_MODEL_TEXT: usize = 500;
/// See [`MAX_MODEL_TEXT`].
pub const MAX_ASSUMPTIONS: usize = 20;

/// Values in one answer of facets, at most and without being told.
pub const MAX_FACETS: u32 = 10_000;
/// See [`MAX_FACETS`].
pub const DEFAULT_FACETS: u32 = 20;

/// Bytes to which the memory of the WebAssembly module may grow. Ten million rows fit, with a quarter to spare.
/// 32 bits can address twice as much, but few devices have it to give: beyond this a load ends with an error, and
/// not with the page. The linker is told the same number in `.cargo/config.toml`.
pub const MAX_MEMORY: u32 = 2 * 1024 * 1024 * 1024;

/// Bytes that must be free before a piece of a source is read: well above the row or two whose texts are
/// allocated without asking, and so little that hardly a load fails for it.
pub const ROOM: usize = 256 * 1024;

/// Values or images in one request of a plan, unless the caller says otherwise. How long a request the service takes is
/// documented nowhere: this many digests are 32 kB of text, which every gateway lets pass.
pub const DEFAULT_PLAN_BATCH: u32 = 500;
/// The same at most: as many as a filter takes back.
pub const MAX_PLAN_BATCH: u32 = 10_000;

/// Requests that one answer of a plan holds, unless the caller says otherwise; further ones are asked for by `offset`.
pub const DEFAULT_PLAN_REQUESTS: u32 = 100;
/// The same at most.
pub const MAX_PLAN_REQUESTS: u32 = 1_000;

/// Steps of work after which a plan gives up proving that no other choice covers more: about a tenth of a second in a
/// browser. One step looks at one value.
pub const MAX_PLAN_WORK: u64 = 10_000_000;

/// Cycles that a plan looks ahead: three years of monthly ones.
pub const MAX_PLAN_CYCLES: u32 = 36;

/// Values that a plan lists for one cycle; further ones are counted.
pub const MAX_CYCLE_VALUES: usize = 1_000;

/// Images that one page of explanations tells, unless the caller says otherwise.
pub const DEFAULT_EXPLAINED: u32 = 100;
/// The same at most: a page to look at, and some milliseconds to hand it over.
pub const MAX_EXPLAINED: u32 = 1_000;

/// Examples of each class of a difference, unless the caller says otherwise.
pub const DEFAULT_EXAMPLES: u32 = 10;
/// The same at most.
pub const MAX_EXAMPLES: u32 = 1_000;

/// Explanations that a reconciliation lists; those left out are larger changes than all that are told.
pub const MAX_EXPLANATIONS: usize = 20;

/// Milliseconds since 1970 up to the year 275760, the range of JavaScript's dates.
pub const MAX_TIME: f64 = 8.64e15;

/// Bytes of one policy as text: forty times what RAM takes of a custom policy, and some times the longest of its own.
pub const MAX_POLICY_BYTES: usize = 256 * 1024;

/// Characters that RAM takes of a custom policy. Older pages say 2,048: beyond the smaller of the two it is noted.
pub const RAM_POLICY_CHARS: usize = 6_144;
/// See [`RAM_POLICY_CHARS`].
pub const RAM_POLICY_CHARS_ONCE: usize = 2_048;

/// How deep a policy holds lists and objects: list of policies, policy, statements, statement, condition, operator, key,
/// values.
pub const MAX_POLICY_DEPTH: usize = 8;

/// Values of any kind that are read of policies given as objects: a list that holds itself ends here.
pub const MAX_POLICY_VALUES: u32 = 100_000;

/// Policies in one question. A user, its groups and its role have some dozens.
pub const MAX_POLICIES: usize = 1_000;

/// Characters of an action, a resource or a value of a request: RAM's own names are shorter, and comparing with
/// wildcards takes the square of it.
pub const MAX_REQUEST_TEXT: usize = 2_048;

/// Statements that an authorization tells of one by one, and absent keys that it notes.
pub const MAX_STATEMENTS_TOLD: usize = 100;
