//! The first bytes of a source → how it is written, or what it is instead and what to do.

use super::encoding::Utf16;
use super::report::Format;
use crate::error::{Error, ErrorKind};
use crate::flat;

/// As many bytes as the longest signature and a byte order mark have.
pub(super) const ENOUGH: usize = 8;

pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Files that people drop, and what they can do instead.
const SIGNATURES: [(&[u8], ErrorKind, &str); 12] = [
    (
        b"PK\x03\x04",
        ErrorKind::UnsupportedFile,
        "an Excel workbook or a zip archive; save the sheet as CSV (UTF-8), or unpack the archive",
    ),
    (b"\xd0\xcf\x11\xe0", ErrorKind::UnsupportedFile, "an old Excel workbook; save the sheet as CSV (UTF-8)"),
    (b"\x1f\x8b", ErrorKind::UnsupportedFile, "compressed with gzip; unpack it first"),
    (b"\x28\xb5\x2f\xfd", ErrorKind::UnsupportedFile, "compressed with Zstandard; unpack it first"),
    (b"BZh", ErrorKind::UnsupportedFile, "compressed with bzip2; unpack it first"),
    (b"%PDF", ErrorKind::UnsupportedFile, "a PDF document; export the inventory as JSON or CSV"),
    (b"PAR1", ErrorKind::UnsupportedFile, "a Parquet file; export the inventory as JSON or CSV"),
    (b"7z\xbc\xaf\x27\x1c", ErrorKind::UnsupportedFile, "a 7-Zip archive; unpack it first"),
    (b"\xfd7zXZ\0", ErrorKind::UnsupportedFile, "compressed with xz; unpack it first"),
    (flat::SIGNATURE, ErrorKind::UnsupportedFile, "a snapshot of an inventory; take it in by `Inventory.restore`"),
    (b"\xff\xfe\0\0", ErrorKind::UnsupportedEncoding, "text in UTF-32; save it as UTF-8"),
    (b"\0\0\xfe\xff", ErrorKind::UnsupportedEncoding, "text in UTF-32; save it as UTF-8"),
];

/// What the first bytes of a source say.
pub(super) struct Sniffed {
    /// `None` where there is nothing but blanks so far.
    pub(super) format: Option<Format>,
    /// Bytes at the start that are no text.
    pub(super) skip: usize,
}

/// Refuses what is no text in an encoding that is read, as its first [`ENOUGH`] bytes or more tell, or all of it.
pub(super) fn refuse_other_files(head: &[u8]) -> Result<(), Error> {
    if let Some((_, kind, what)) = SIGNATURES.iter().find(|(signature, ..)| head.starts_with(signature)) {
        return Err(Error::new(*kind, format!("this is {what}")));
    }
    if Utf16::begins(head) {
        return Ok(());
    }
    // Every second byte of plain text is zero in UTF-16; other control characters are in no text.
    let found = head.iter().take(ENOUGH).enumerate().fold(0, |found, (place, byte)| match byte {
        0 => found | 1 << (place % 2),
        1..=4 | 6..=8 | 14..=20 | 22..=31 => found | 4,
        _ => found,
    });
    match found {
        0 => Ok(()),
        1 | 2 => {
            let message = "this seems to be text in UTF-16 without a byte order mark; save it as UTF-8";
            Err(Error::new(ErrorKind::UnsupportedEncoding, message))
        }
        _ => {
            let message = "this is no text; export the inventory as JSON or CSV";
            Err(Error::new(ErrorKind::UnsupportedFile, message))
        }
    }
}

/// How many blanks a text begins with, without the tabs that stand last among them: these separate columns without
/// a name.
pub(super) fn blanks_to_pass(text: &[u8]) -> usize {
    /// No table begins with so many: what is kept of blanks has a bound.
    const MAX_TABS: usize = 64;
    let blanks = text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let last = text.iter().take(blanks).rev().take(MAX_TABS);
    blanks - last.take_while(|byte| **byte == b'\t').count()
}

/// Tells how a text is written from its first [`ENOUGH`] bytes or more, or from all of it; or, `after_blanks` that
/// were told of before, from what follows them.
pub(super) fn sniff(head: &[u8], after_blanks: bool) -> Result<Sniffed, Error> {
    // Some tools put a mark of their own before the one that is there.
    let behind_mark =
        |text| if after_blanks { text } else { <[u8]>::strip_prefix(text, BYTE_ORDER_MARK).unwrap_or(text) };
    let text = behind_mark(behind_mark(head));
    let skip = head.len() - text.len();
    let format = match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => None,
        Some(b'<') => {
            let message =
                "this is a web page or XML, perhaps a page that asks to sign in; export the inventory as JSON or CSV";
            return Err(Error::new(ErrorKind::UnsupportedFile, message));
        }
        Some(b'{' | b'[') => Some(Format::Json),
        Some(_) => Some(Format::Csv),
    };
    Ok(Sniffed { format, skip })
}
