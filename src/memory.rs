//! Memory: that some is left for what is allocated without asking.
//!
//! What grows with the input asks whether it can be had. The text of a row, a message or a buffer does not: where
//! it cannot be had the module traps, and every inventory in it is lost. So each step of a load asks beforehand
//! for more than these take.

use std::hint::black_box;

use crate::error::Error;
use crate::limits::ROOM;

/// Whether there is room for what a step allocates without asking.
pub(crate) fn ensure_room(doing: &str) -> Result<(), Error> {
    let mut room: Vec<u8> = Vec::new();
    let found = room.try_reserve_exact(ROOM);
    // Memory that nobody looks at is not asked for at all: the compiler may take it for had.
    black_box(&mut room);
    found.map_err(|_| Error::out_of_memory(doing))
}
