//! What a person writes in their own words.

/// `text` without the space around it, if it has 1 to `longest` characters, and of control
/// characters none but line breaks.
pub(crate) fn prose(text: &str, longest: usize) -> Option<&str> {
    let text = text.trim();
    let unprintable = |c: char| c.is_control() && c != '\n';
    let fits = (1..=longest).contains(&text.chars().count()) && !text.contains(unprintable);
    fits.then_some(text)
}
