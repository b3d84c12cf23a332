//! Ids and the one source of chance: a tiny repeatable generator, so that the same seed and the same
//! calls give the same answers. Nothing here reads a clock or an operating system.

/// SplitMix64: passes statistical tests, needs six lines, and is seeded by any number.
pub(super) struct Dice(u64);

impl Dice {
    /// Dice of their own for every pair of seed and salt.
    pub(super) fn new(seed: u64, salt: u64) -> Dice {
        let mut dice = Dice(seed ^ salt.wrapping_mul(0xA076_1D64_78BD_642F));
        dice.next();
        dice
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which must not be 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// `length` characters of an alphabet of ASCII letters.
    fn letters(&mut self, length: usize, alphabet: &[u8]) -> String {
        (0..length).map(|_| char::from(alphabet[self.below(alphabet.len())])).collect()
    }

    pub(super) fn hex(&mut self, length: usize) -> String {
        self.letters(length, b"0123456789abcdef")
    }

    /// Digits without a leading zero.
    pub(super) fn digits(&mut self, length: usize) -> String {
        let first = self.letters(1, b"123456789");
        first + &self.letters(length.saturating_sub(1), b"0123456789")
    }

    pub(super) fn uuid(&mut self) -> String {
        let tail = self.next();
        self.uuid_prefix() + &format!("{:012x}", tail & 0xffff_ffff_ffff)
    }

    /// The first 24 characters of a UUID: what ids of generated messages have in common.
    pub(super) fn uuid_prefix(&mut self) -> String {
        let (a, b) = (self.next(), self.next());
        format!("{:08x}-{:04x}-4{:03x}-a{:03x}-", a as u32, a >> 48, b & 0xfff, b >> 52)
    }

    /// A message id as WhatsApp gives them.
    pub(super) fn wamid(&mut self) -> String {
        format!("wamid.HBgM{:016X}{:016X}", self.next(), self.next())
    }
}

/// FNV-1a: tells keys apart without keeping them.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The digits of a phone number, however it was written.
pub(super) fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn dice_repeat_and_differ_by_salt() {
        assert_eq!(Dice::new(7, 1).uuid(), Dice::new(7, 1).uuid());
        assert_ne!(Dice::new(7, 1).uuid(), Dice::new(7, 2).uuid());
        assert_ne!(Dice::new(7, 1).uuid(), Dice::new(8, 1).uuid());
    }

    #[test]
    fn ids_have_their_shapes() {
        let mut dice = Dice::new(1, 1);
        let uuid = dice.uuid();
        assert_eq!(uuid.len(), 36);
        assert_eq!(uuid.match_indices('-').map(|(at, _)| at).collect::<Vec<_>>(), [8, 13, 18, 23]);
        assert_eq!(dice.digits(19).len(), 19);
        assert!(dice.wamid().starts_with("wamid."));
        assert_eq!(digits_of("+55 (11) 99"), "551199");
    }
}
