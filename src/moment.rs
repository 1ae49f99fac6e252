//! A moment: whole seconds since 1970, UTC, written `2026-11-24T09:45:58Z` and in no other way. Pure; the clock is
//! `Look::now`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use toml::value::Datetime;

/// Seconds of an hour.
pub const HOUR: u64 = 3600;
/// Seconds of a day.
pub const DAY: u64 = 24 * HOUR;
/// Seconds of a year.
pub const YEAR: u64 = 365 * DAY;

/// Seconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment(pub u64);

impl Moment {
    /// So many seconds later.
    #[must_use]
    pub const fn after(self, seconds: u64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// How many seconds this is later than another; 0 if it is not.
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// From TOML's own kind of date: only one in UTC with whole seconds.
    pub fn of(date: &Datetime) -> Option<Self> {
        date.to_string().parse().ok()
    }

    /// The day alone, as people say it.
    pub fn day(self) -> String {
        self.to_string()[..10].to_owned()
    }
}

/// The civil calendar by Howard Hinnant's algorithm.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, rest) = (self.0 / DAY, self.0 % DAY);
        let z = days + 719_468;
        let (era, of_era) = (z / 146_097, z % 146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + u64::from(month <= 2);
        let (hour, minute, second) = (rest / HOUR, rest % HOUR / 60, rest % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        read(text).ok_or_else(|| format!("`{text}` is not a moment such as 2026-11-24T09:45:58Z"))
    }
}

/// Read, and written again as it was: one form only, and no 30th of February.
fn read(text: &str) -> Option<Moment> {
    if text.len() != 20 || !text.is_ascii() {
        return None;
    }
    let number = |from: usize, to: usize| text[from..to].parse::<u64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    if year < 1970 || !(1..=12).contains(&month) || day == 0 {
        return None;
    }
    let shifted_year = year - u64::from(month <= 2);
    let (era, year_of_era) = (shifted_year / 400, shifted_year % 400);
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * shifted + 2) / 5 + day - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    let days = (era * 146_097 + of_era).checked_sub(719_468)?;
    let moment = Moment(days * DAY + number(11, 13)? * HOUR + number(14, 16)? * 60 + number(17, 19)?);
    (moment.to_string() == text).then_some(moment)
}

impl TryFrom<String> for Moment {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_they_are_written() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_513_558, "2026-11-24T09:45:58Z"),
            (4_102_444_799, "2099-12-31T23:59:59Z"),
        ] {
            assert_eq!(Moment(seconds).to_string(), text);
            assert_eq!(text.parse(), Ok(Moment(seconds)));
        }
    }

    #[test]
    fn no_other_form_is_a_moment() {
        for text in [
            "",
            "2026-11-24",
            "2026-11-24T09:45:58",
            "2026-11-24T09:45:58+01:00",
            "2026-11-24t09:45:58z",
            "2026-11-24T09:45:58.0Z",
            "2026-02-30T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-11-24T24:00:00Z",
            "2026-11-24T23:59:60Z",
            "1969-12-31T23:59:59Z",
            "+026-11-24T09:45:58Z",
            "2026-11-24T09:45:5äZ",
        ] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
    }
}
