//! Maps, sets and sorted lists of tens of items, in little code. `collect()` into a map of the standard library, and each of
//! its sorts, compile a whole merge sort of 4 kB anew for every type: a hundred of them were 4 % of the program, whose size
//! everybody downloads. What is here compiles one sort for all types. For long lists of plain names, `sort()` is right.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Maps and sets, entry by entry.
pub trait Gather: Iterator + Sized {
    /// The pairs as a map. Of two with the same key the later counts.
    fn into_map<K: Ord, V>(self) -> BTreeMap<K, V>
    where
        Self: Iterator<Item = (K, V)>,
    {
        let mut map = BTreeMap::new();
        for (key, value) in self {
            map.insert(key, value);
        }
        map
    }

    /// The items as a set.
    fn into_set(self) -> BTreeSet<Self::Item>
    where
        Self::Item: Ord,
    {
        let mut set = BTreeSet::new();
        for item in self {
            set.insert(item);
        }
        set
    }
}

impl<I: Iterator> Gather for I {}

/// Stable sorts of short lists.
pub trait Order<T> {
    /// As `sort_by`.
    fn order_by(&mut self, by: impl FnMut(&T, &T) -> Ordering);

    /// As `sort_by_key`.
    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }
}

impl<T> Order<T> for [T] {
    fn order_by(&mut self, mut by: impl FnMut(&T, &T) -> Ordering) {
        let order = order(self.len(), &mut |a, b| by(&self[a], &self[b]));
        for at in 0..order.len() {
            // What belongs here has gone wherever earlier swaps put it.
            let mut from = order[at];
            while from < at {
                from = order[from];
            }
            self.swap(at, from);
        }
    }
}

/// The places of a list in the order of `by`, equal ones as they stand.
fn order(len: usize, by: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..len).collect();
    places.sort_by(|a, b| by(*a, *b));
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_later_of_two_pairs_counts() {
        let map = [("a", 1), ("b", 2), ("a", 3)].into_iter().into_map();
        assert_eq!(map, BTreeMap::from([("a", 3), ("b", 2)]));
        assert_eq!(["b", "a", "b"].into_iter().into_set(), BTreeSet::from(["a", "b"]));
    }

    proptest! {
        #[test]
        fn it_orders_as_the_standard_library_does(items in proptest::collection::vec((0..9_u8, 0..99_u8), 0..60)) {
            let (mut ours, mut theirs) = (items.clone(), items);
            ours.order_by_key(|it| it.0);
            theirs.sort_by_key(|it| it.0);
            prop_assert_eq!(&ours, &theirs);
            ours.order_by(|a, b| b.1.cmp(&a.1));
            theirs.sort_by_key(|it| std::cmp::Reverse(it.1));
            prop_assert_eq!(ours, theirs);
        }
    }
}
