//! A finding that a person lives with: which check, why, and how long. What follows from it says `checks::judge`.

/// What `accept` wrote down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The check.
    pub id: String,
    /// Why, in the words of who accepted it.
    pub reason: String,
    /// The last day on which it holds, such as `2027-01-31`, in UTC. Without one it holds until it is removed.
    pub until: Option<String>,
    /// That day is over.
    pub ended: bool,
}
