//! Watches the quotes of a table, of which csv-core makes sense whatever they are.
//!
//! Behind the quote that closes a cell only a separator can follow. Where something else does, a quote was
//! opened that should not have been, and the rows up to the next one would be swallowed as one cell.

use memchr::memchr;

use crate::error::{Error, ErrorKind};

/// Follows the bytes of a table, in pieces cut anywhere.
pub(super) struct QuoteWatch {
    delimiter: u8,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// A cell begins.
    Start,
    /// In a cell without quotes around it, where a quote is a character like any other.
    Bare,
    /// In a cell with quotes around it.
    Quoted,
    /// Behind a quote in such a cell: it closes the cell, or is the first of a doubled one.
    Behind,
}

impl QuoteWatch {
    pub(super) fn new(delimiter: u8) -> Self {
        Self { delimiter, state: State::Start }
    }

    pub(super) fn watch(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let plain = matches!(self.state, State::Start | State::Bare) && memchr(b'"', bytes).is_none();
        if plain {
            if let Some(last) = bytes.last() {
                self.state = if self.ends_cell(*last) { State::Start } else { State::Bare };
            }
            return Ok(());
        }
        for byte in bytes {
            self.state = match (self.state, *byte) {
                (State::Start | State::Behind, b'"') => State::Quoted,
                (State::Quoted, b'"') => State::Behind,
                (State::Quoted, _) => State::Quoted,
                (_, byte) if self.ends_cell(byte) => State::Start,
                (State::Behind, _) => {
                    return Err(Error::new(
                        ErrorKind::UnclosedQuote,
                        "in the line that begins here a quote closes and the cell goes on behind it; \
                         double quotes that are a part of the text, and close those that are not",
                    ));
                }
                (State::Start | State::Bare, _) => State::Bare,
            };
        }
        Ok(())
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.delimiter || matches!(byte, b'\r' | b'\n')
    }
}
