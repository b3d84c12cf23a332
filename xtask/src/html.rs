//! Just enough reading of a page to see its tags: the built `index.html` is the only one read, and
//! a parser for every page of the world would outweigh the rest of these commands.

/// One start tag.
#[derive(Debug, PartialEq)]
pub struct Tag<'a> {
    pub name: String,
    /// Names in small letters, values as written.
    pub attributes: Vec<(String, &'a str)>,
    /// Where it begins and ends in the text.
    pub span: (usize, usize),
}

impl<'a> Tag<'a> {
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }
}

/// The start tags of a page, comments left out.
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start..];
        at = if rest.starts_with("<!--") {
            rest.find("-->").map_or(html.len(), |end| start + end + 3)
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let tag = tag(html, start);
            let end = tag.span.1;
            tags.push(tag);
            end
        } else {
            start + 1
        };
    }
    tags
}

fn tag(html: &str, start: usize) -> Tag<'_> {
    let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/' | '=');
    let (name, mut rest) = split(&html[start + 1..], ends);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            break;
        }
        let (key, after) = split(rest, ends);
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(after) => value(after.trim_start()),
            None => ("", after),
        };
        attributes.push((key.to_ascii_lowercase(), value));
        // An attribute cannot be empty; a stray `=` must not stop the reading.
        rest = if key.is_empty() && after.len() == rest.len() { &rest[1..] } else { after };
    }
    let end = (html.len() - rest.len() + 1).min(html.len());
    Tag { name: name.to_ascii_lowercase(), attributes, span: (start, end) }
}

fn value(text: &str) -> (&str, &str) {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text[1..].split_once(quote).unwrap_or((&text[1..], "")),
        _ => split(text, |c| c.is_ascii_whitespace() || c == '>'),
    }
}

fn split(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

/// The first thing in a page that the content policy would refuse to run or apply.
pub fn inline_code(html: &str) -> Option<String> {
    tags(html).iter().find_map(|tag| {
        if tag.name == "script" && tag.attribute("src").is_none() {
            return Some("an inline script".to_owned());
        }
        if tag.name == "style" {
            return Some("a style element".to_owned());
        }
        let refused = |name: &str| name == "style" || name.starts_with("on");
        tag.attributes
            .iter()
            .find(|(name, _)| refused(name))
            .map(|(name, _)| format!("the attribute {name} of <{}>", tag.name))
    })
}

#[cfg(test)]
mod tests {
    use super::{inline_code, tags};

    #[test]
    fn tags_are_read_with_their_attributes() {
        let html = "<!-- <b> --><LINK rel=x href='a > b'/><script async src=\"/l.js\"></script>1 < 2";
        let read = tags(html);
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].name, "link");
        assert_eq!(read[0].attribute("href"), Some("a > b"));
        assert_eq!(read[1].attribute("src"), Some("/l.js"));
        assert_eq!(read[1].attribute("async"), Some(""));
        assert_eq!(&html[read[0].span.0..read[0].span.1], "<LINK rel=x href='a > b'/>");
    }

    #[test]
    fn broken_pages_are_read_to_their_end() {
        for html in ["<a", "<a =", "<a b='", "<a =x>", "<", "<!--", "<a b=c"] {
            let _ = tags(html);
        }
    }

    #[test]
    fn whatever_the_policy_refuses_is_found() {
        for html in
            ["<script>1</script>", "<p style='x'>", "<style></style>", "<b onclick=\"x\">", "<a STYLE=x>"]
        {
            assert!(inline_code(html).is_some(), "{html}");
        }
        assert_eq!(inline_code("<script src=a></script><p class=style>"), None);
    }
}
