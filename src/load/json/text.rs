//! One JSON text, read from its beginning to its end: strict in the syntax, and telling where that is broken.
//!
//! Written here because of what a general parser brings along: reading numbers that nobody needs and writing them,
//! texts for errors of files, a path for each type. That was more than a quarter of a module that has to be downloaded.

use std::borrow::Cow;
use std::str;

use crate::load::value::Value;

/// Where a text is no JSON, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Invalid {
    pub(crate) at: usize,
    pub(crate) reason: &'static str,
}

type Result<T> = std::result::Result<T, Invalid>;

/// A text that is read.
pub(crate) struct JsonText<'t> {
    text: &'t [u8],
    at: usize,
}

/// Takes the value of a member of an object, whose name is told.
type Member<'f, 't> = &'f mut dyn FnMut(&mut JsonText<'t>, &str) -> Result<()>;

impl<'t> JsonText<'t> {
    pub(crate) fn new(text: &'t [u8]) -> Self {
        Self { text, at: 0 }
    }

    /// Checks that all of a text is one value.
    pub(crate) fn check(text: &'t [u8]) -> Result<()> {
        let mut json = Self::new(text);
        json.skip()?;
        json.end()
    }

    /// The first byte of the value that comes next.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        self.pass_blanks();
        self.text.get(self.at).copied()
    }

    /// Where in the text it stands.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Nothing but blanks is left.
    pub(crate) fn end(&mut self) -> Result<()> {
        match self.peek() {
            None => Ok(()),
            Some(_) => self.invalid("something follows the value"),
        }
    }

    /// Reads an object; `member` reads or skips each value.
    pub(crate) fn object(&mut self, member: Member<'_, 't>) -> Result<()> {
        self.expect(b'{', "an object must begin")?;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        loop {
            let name = self.name()?;
            member(self, &name)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => break,
                _ => return self.invalid("`,` or `}` must follow"),
            }
        }
        self.at += 1;
        Ok(())
    }

    /// Reads a list; `item` reads or skips each value.
    pub(crate) fn list(&mut self, item: &mut dyn FnMut(&mut Self) -> Result<()>) -> Result<()> {
        self.expect(b'[', "a list must begin")?;
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        loop {
            item(self)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => break,
                _ => return self.invalid("`,` or `]` must follow"),
            }
        }
        self.at += 1;
        Ok(())
    }

    /// Reads a value; of a list or an object, only that it is one.
    pub(crate) fn value(&mut self) -> Result<Value<'t>> {
        Ok(match self.peek() {
            Some(b'"') => self.string()?.map_or(Value::BrokenText, Value::Text),
            Some(b'[') => {
                self.skip()?;
                Value::Other("a list")
            }
            Some(b'{') => {
                self.skip()?;
                Value::Other("an object")
            }
            _ => return self.literal(),
        })
    }

    /// Passes over a value, however deep it is.
    pub(crate) fn skip(&mut self) -> Result<()> {
        let mut closers = Vec::new();
        loop {
            match self.peek() {
                Some(open @ (b'{' | b'[')) => {
                    // In both cases two characters on.
                    let closer = open + 2;
                    self.at += 1;
                    if self.peek() != Some(closer) {
                        closers.push(closer);
                        self.pass_name(closer)?;
                        continue;
                    }
                    self.at += 1;
                }
                Some(b'"') => drop(self.string()?),
                _ => drop(self.literal()?),
            }
            loop {
                let Some(closer) = closers.last().copied() else { return Ok(()) };
                match self.peek() {
                    Some(b',') => {
                        self.at += 1;
                        self.pass_name(closer)?;
                        break;
                    }
                    Some(byte) if byte == closer => {
                        self.at += 1;
                        closers.pop();
                    }
                    _ if closer == b'}' => return self.invalid("`,` or `}` must follow"),
                    _ => return self.invalid("`,` or `]` must follow"),
                }
            }
        }
    }

    fn pass_name(&mut self, closer: u8) -> Result<()> {
        if closer == b'}' { self.name().map(drop) } else { Ok(()) }
    }

    /// Reads the name of a member and the colon. One that is no valid Unicode is none that is known.
    fn name(&mut self) -> Result<Cow<'t, str>> {
        if self.peek() != Some(b'"') {
            return self.invalid("a name in double quotes must follow");
        }
        let name = self.string()?.unwrap_or(Cow::Borrowed("\u{fffd}"));
        self.pass_blanks();
        self.expect(b':', "`:` must follow the name")?;
        Ok(name)
    }

    /// Reads a string; `None` where it is no valid Unicode.
    fn string(&mut self) -> Result<Option<Cow<'t, str>>> {
        self.at += 1;
        let plain = self.pass_plain()?;
        if self.text.get(self.at) == Some(&b'"') {
            self.at += 1;
            return Ok(plain.map(Cow::Borrowed));
        }
        let mut text = plain.map(str::to_owned);
        loop {
            match self.text.get(self.at) {
                Some(b'"') => break,
                Some(_) => {
                    let escaped = self.escape()?;
                    text = text.zip(escaped).map(|(text, escaped)| text + escaped.encode_utf8(&mut [0; 4]));
                }
                None => return self.invalid("the text ends within a string"),
            }
            let plain = self.pass_plain()?;
            text = text.zip(plain).map(|(text, plain)| text + plain);
        }
        self.at += 1;
        Ok(text.map(Cow::Owned))
    }

    /// Passes over what stands before the next quote or backslash; `None` where it is no UTF-8.
    fn pass_plain(&mut self) -> Result<Option<&'t str>> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
        let plain = rest.get(..length).unwrap_or_default();
        if let Some(place) = plain.iter().position(|byte| *byte < b' ') {
            self.at += place;
            return self.invalid("a string holds a control character; write it as an escape");
        }
        self.at += length;
        Ok(str::from_utf8(plain).ok())
    }

    /// Reads an escape; `None` where it is half of a surrogate pair.
    fn escape(&mut self) -> Result<Option<char>> {
        self.at += 1;
        let escaped = match self.text.get(self.at) {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(*byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.escaped_unit(),
            _ => return self.invalid("there is no such escape"),
        };
        self.at += 1;
        Ok(Some(escaped))
    }

    /// Reads `uXXXX`, or two of them that are one character.
    fn escaped_unit(&mut self) -> Result<Option<char>> {
        let first = self.hex_digits()?;
        if !(0xd800..0xdc00).contains(&first) || self.text.get(self.at..self.at + 2) != Some(b"\\u") {
            return Ok(char::from_u32(first));
        }
        let after_first = self.at;
        self.at += 1;
        let second = self.hex_digits()?;
        if !(0xdc00..0xe000).contains(&second) {
            // Not the other half: it is read for itself.
            self.at = after_first;
            return Ok(None);
        }
        Ok(char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)))
    }

    fn hex_digits(&mut self) -> Result<u32> {
        self.at += 1;
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.text.get(self.at).and_then(|byte| char::from(*byte).to_digit(16));
            let Some(digit) = digit else { return self.invalid("four hex digits must follow `\\u`") };
            unit = unit << 4 | digit;
            self.at += 1;
        }
        Ok(unit)
    }

    /// Reads a number, `true`, `false` or `null`.
    fn literal(&mut self) -> Result<Value<'t>> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let words: [(&[u8], Value<'t>); 3] =
            [(b"null", Value::Absent), (b"true", Value::Bool(true)), (b"false", Value::Bool(false))];
        if let Some((word, value)) = words.into_iter().find(|(word, _)| rest.starts_with(word)) {
            self.at += word.len();
            return Ok(value);
        }
        match rest.first() {
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => self.invalid("a value must follow"),
            None => self.invalid("the text ends where a value must follow"),
        }
    }

    fn number(&mut self) -> Result<Value<'t>> {
        let start = self.at;
        self.pass_if(|byte| byte == b'-');
        if !self.pass_if(|byte| byte == b'0') {
            self.digits()?;
        }
        if self.pass_if(|byte| byte == b'.') {
            self.digits()?;
        }
        if self.pass_if(|byte| matches!(byte, b'e' | b'E')) {
            self.pass_if(|byte| matches!(byte, b'+' | b'-'));
            self.digits()?;
        }
        let literal = self.text.get(start..self.at).and_then(|literal| str::from_utf8(literal).ok());
        Ok(literal.map_or(Value::BrokenText, Value::Number))
    }

    #[inline]
    fn digits(&mut self) -> Result<()> {
        let from = self.at;
        while self.pass_if(|byte| byte.is_ascii_digit()) {}
        if self.at == from { self.invalid("a digit must follow") } else { Ok(()) }
    }

    fn pass_if(&mut self, is: impl FnOnce(u8) -> bool) -> bool {
        let passes = self.text.get(self.at).is_some_and(|byte| is(*byte));
        self.at += usize::from(passes);
        passes
    }

    #[inline]
    fn pass_blanks(&mut self) {
        while self.pass_if(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')) {}
    }

    #[inline]
    fn expect(&mut self, byte: u8, reason: &'static str) -> Result<()> {
        self.pass_blanks();
        if self.pass_if(|found| found == byte) { Ok(()) } else { self.invalid(reason) }
    }

    fn invalid<T>(&self, reason: &'static str) -> Result<T> {
        Err(Invalid { at: self.at, reason })
    }
}

/// Held to serde_json. The tool for it does not compile for WebAssembly.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod comparison {
    use proptest::prelude::*;

    use super::*;

    fn texts() -> impl Strategy<Value = String> {
        let parts = [
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"a\":", "\\", "\\n", "\\u", "\\u00e9", "\\ud83d", "\\udca9",
            "0", "1", "-", "+", ".", "e", "E", "10", "true", "false", "null", "nul", " ", "\n", "é", "\u{1}", "1.5e-3",
        ];
        prop::collection::vec(prop::sample::select(parts.to_vec()), 0..12).prop_map(|parts| parts.concat())
    }

    fn values() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(serde_json::Value::from),
            any::<i32>().prop_map(serde_json::Value::from),
            any::<String>().prop_map(serde_json::Value::from),
        ];
        leaf.prop_recursive(4, 20, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..4).prop_map(serde_json::Value::from_iter),
            ]
        })
    }

    fn serde_accepts(text: &str) -> bool {
        serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        /// What is JSON is what serde_json says is JSON.
        #[test]
        fn the_syntax_is_that_of_serde_json(text in texts()) {
            prop_assert_eq!(JsonText::check(text.as_bytes()).is_ok(), serde_accepts(&text), "{}", text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Every value passes, cut off or changed in one place as serde_json says; strings come out as they went in.
        #[test]
        fn values_are_read(value in values(), text in any::<String>(), cut in any::<prop::sample::Index>(), byte in b' '..b'~') {
            let written = serde_json::to_string(&value).unwrap();
            prop_assert_eq!(JsonText::check(written.as_bytes()), Ok(()));
            let places: Vec<usize> = written.char_indices().map(|(place, _)| place).collect();
            let (start, rest) = written.split_at(places[cut.index(places.len())]);
            prop_assert_eq!(JsonText::check(start.as_bytes()).is_ok(), serde_accepts(start));
            let changed = format!("{start}{}{rest}", char::from(byte));
            prop_assert_eq!(JsonText::check(changed.as_bytes()).is_ok(), serde_accepts(&changed), "{}", changed);
            let written = serde_json::to_string(&text).unwrap();
            let escaped: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            for written in [written, format!("\"{escaped}\"")] {
                let read = JsonText::new(written.as_bytes()).value();
                prop_assert!(matches!(read, Ok(Value::Text(read)) if read == text));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_surrogate_pair_is_no_text() {
        for text in [r#""\ud83d""#, r#""\ud83dx""#, r#""\udca9""#, r#""\ud83d\ud83d\udca9""#, r#""\ud83d\n""#] {
            assert!(matches!(JsonText::new(text.as_bytes()).value(), Ok(Value::BrokenText)), "{text}");
        }
        assert!(matches!(JsonText::new(b"\"\xff\"").value(), Ok(Value::BrokenText)));
    }

    #[test]
    fn the_place_of_a_fault_is_the_first_byte_that_cannot_stand_there() {
        for (text, at) in
            [("{\"a\":x}", 5), ("[1,]", 3), ("{\"a\" 1}", 5), ("\"a\nb\"", 2), ("01", 1), ("[1", 2), ("\"\\x\"", 2)]
        {
            assert_eq!(JsonText::check(text.as_bytes()).unwrap_err().at, at, "{text}");
        }
    }
}
