//! Memory: that some is left for what is allocated without asking.
//!
//! What grows with the input asks whether it can be had. The text of a row, a message or a buffer does not: where
//! it cannot be had the module traps, and every inventory in it is lost. So each step of a load asks beforehand
//! for more than these take.

use std::collections::TryReserveError;
use std::hint::black_box;

use crate::error::Error;
use crate::limits::ROOM;

/// A list of items of which it is known how many there are.
pub(crate) fn list_of<T>(items: impl ExactSizeIterator<Item = T>) -> Result<Vec<T>, TryReserveError> {
    let mut list = Vec::new();
    list.try_reserve_exact(items.len())?;
    list.extend(items);
    Ok(list)
}

/// A list of so many equal items.
pub(crate) fn filled<T: Clone>(length: usize, item: T) -> Result<Vec<T>, TryReserveError> {
    let mut list = Vec::new();
    list.try_reserve_exact(length)?;
    list.resize(length, item);
    Ok(list)
}

/// A list of the items of another one.
pub(crate) fn copy_of<T: Copy>(list: &[T]) -> Result<Vec<T>, TryReserveError> {
    list_of(list.iter().copied())
}

/// Whether there is room for what a step allocates without asking.
pub(crate) fn ensure_room(doing: &str) -> Result<(), Error> {
    ensure_bytes(ROOM, doing)
}

/// The same for a row that is so large that its texts may take more than that.
pub(crate) fn ensure_room_for_copies(row: usize) -> Result<(), Error> {
    // A text that grows is there twice, the second time with room to grow, and is then copied without its blanks.
    const COPIES: usize = 4;
    if row > ROOM / (2 * COPIES) { ensure_bytes(COPIES * row + ROOM, "reading a row") } else { Ok(()) }
}

/// The same for a step of which it is known how much it takes.
pub(crate) fn ensure_bytes(bytes: usize, doing: &str) -> Result<(), Error> {
    let before = of_the_module();
    ask_for(bytes).map_err(|_| Error::out_of_memory(doing))?;
    let now = of_the_module();
    if now > before {
        // Each growth costs the browser a collection of garbage or two, since it counts all of the memory as newly
        // allocated. Where there is no room for a large step, a small one does.
        let _ = ask_for(bytes + (now / STEPS).clamp(SMALLEST_STEP, LARGEST_STEP));
    }
    Ok(())
}

/// What has to grow grows by one of so many parts of what there is,
const STEPS: usize = 8;

/// and by so many bytes at least
const SMALLEST_STEP: usize = 1 << 20;

/// and at most.
const LARGEST_STEP: usize = 1 << 25;

/// Has so many bytes for a moment, which are then free for what comes.
fn ask_for(bytes: usize) -> Result<(), TryReserveError> {
    let mut room: Vec<u8> = Vec::new();
    let found = room.try_reserve_exact(bytes);
    // Memory that nobody looks at is not asked for at all: the compiler may take it for had.
    black_box(&mut room);
    found
}

/// Bytes of the module's memory; elsewhere memory does not grow as one piece.
fn of_the_module() -> usize {
    #[cfg(target_arch = "wasm32")]
    return core::arch::wasm32::memory_size::<0>() << 16;
    #[cfg(not(target_arch = "wasm32"))]
    return 0;
}
