//! The tests that find most faults in little time, taken into the program of the unit tests: what each mutant is
//! tried on by `npm run mutants`. One program is compiled once, and linked once.

#[path = "../charge_models.rs"]
mod charge_models;
#[path = "../conformance.rs"]
mod conformance;
#[path = "../differential.rs"]
mod differential;
#[path = "../histories.rs"]
mod histories;
#[path = "../many_values.rs"]
mod many_values;
#[path = "../options.rs"]
mod options;
#[path = "../policy.rs"]
mod policy;
#[path = "../rekey.rs"]
mod rekey;
