//! Goes through a Rust file once and tells its code from its comments and strings.

/// What is not code.
pub(super) enum Kind {
    Comment,
    String,
}

/// Goes through the bytes once.
pub(super) struct Reader<'t> {
    bytes: &'t [u8],
    at: usize,
    line: usize,
    /// What was read, line by line as it was, all that is not code blanked.
    pub(super) code: Vec<u8>,
    /// What is not code: the line it begins on, and where it stands.
    pub(super) found: Vec<(Kind, usize, std::ops::Range<usize>)>,
}

impl<'t> Reader<'t> {
    pub(super) fn read(text: &'t str) -> Reader<'t> {
        let mut reader =
            Reader { bytes: text.as_bytes(), at: 0, line: 1, code: Vec::new(), found: Vec::new() };
        reader.go();
        reader
    }

    fn go(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'/' if self.ahead(1) == b'/' => self.line_comment(),
                b'/' if self.ahead(1) == b'*' => self.block_comment(),
                b'"' => self.string(0, false),
                b'r' if !self.after_word() => self.raw_string_or_word(),
                b'\'' => self.char_or_lifetime(),
                _ => self.keep(),
            }
        }
    }

    fn ahead(&self, steps: usize) -> u8 {
        self.bytes.get(self.at + steps).copied().unwrap_or_default()
    }

    /// Whether the byte before belongs to a word (other than the `b` or `c` of `br"…"`, `cr"…"`).
    fn after_word(&self) -> bool {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        match self.at {
            0 => false,
            1 => is_part(&self.bytes[0]) && !matches!(self.bytes[0], b'b' | b'c'),
            at => {
                let (before, last) = (&self.bytes[at - 2], &self.bytes[at - 1]);
                is_part(last) && (!matches!(last, b'b' | b'c') || is_part(before))
            }
        }
    }

    fn keep(&mut self) {
        let byte = self.bytes[self.at];
        self.line += usize::from(byte == b'\n');
        self.code.push(if byte.is_ascii() { byte } else { b' ' });
        self.at += 1;
    }

    fn blank_to(&mut self, end: usize) {
        while self.at < end.min(self.bytes.len()) {
            let newline = self.bytes[self.at] == b'\n';
            self.line += usize::from(newline);
            self.code.push(if newline { b'\n' } else { b' ' });
            self.at += 1;
        }
    }

    fn line_comment(&mut self) {
        let rest = &self.bytes[self.at..];
        let end = self.at + rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
        self.found.push((Kind::Comment, self.line, self.at..end));
        self.blank_to(end);
    }

    fn block_comment(&mut self) {
        let (mut depth, mut end) = (0_usize, self.at);
        while end < self.bytes.len() {
            let pair = (self.bytes[end], self.bytes.get(end + 1).copied().unwrap_or_default());
            match pair {
                (b'/', b'*') => depth += 1,
                (b'*', b'/') => depth -= 1,
                _ => {
                    end += 1;
                    continue;
                }
            }
            end += 2;
            if depth == 0 {
                break;
            }
        }
        self.found.push((Kind::Comment, self.line, self.at..end));
        self.blank_to(end);
    }

    /// At the opening quote. `hashes`: how many close it again; `raw`: a backslash is only a backslash.
    fn string(&mut self, hashes: usize, raw: bool) {
        let (start, line) = (self.at + 1, self.line);
        let mut end = start;
        while end < self.bytes.len() {
            if self.bytes[end] == b'\\' && !raw {
                end += 2;
                continue;
            }
            let closing = self.bytes[end + 1..].iter().take(hashes).filter(|&&byte| byte == b'#').count();
            if self.bytes[end] == b'"' && closing == hashes {
                break;
            }
            end += 1;
        }
        let end = end.min(self.bytes.len());
        self.found.push((Kind::String, line, start..end));
        self.keep();
        self.blank_to(end);
        for _ in 0..=hashes {
            if self.at < self.bytes.len() {
                self.keep();
            }
        }
    }

    /// At an `r` that begins something: `r"…"`, `r#"…"#`, or a word such as `r#type` or `return`.
    fn raw_string_or_word(&mut self) {
        let hashes = self.bytes[self.at + 1..].iter().take_while(|&&byte| byte == b'#').count();
        let raw_string = self.ahead(1 + hashes) == b'"';
        self.keep();
        if raw_string {
            for _ in 0..hashes {
                self.keep();
            }
            self.string(hashes, true);
        }
    }

    /// `'x'`, `'\n'`, `'é'` are blanked; `'a` of a lifetime is kept.
    fn char_or_lifetime(&mut self) {
        let rest = &self.bytes[self.at + 1..];
        let escaped = rest.first() == Some(&b'\\');
        let from = if escaped { 2 } else { 1 };
        let width = rest.iter().skip(from).take(10).position(|&byte| byte == b'\'').map(|at| from + at);
        let end = match width {
            Some(width) if escaped || width == 1 || rest[..width].iter().all(|byte| !byte.is_ascii()) => {
                width
            }
            _ => {
                self.keep();
                return;
            }
        };
        self.keep();
        self.blank_to(self.at + end);
        self.keep();
    }
}
