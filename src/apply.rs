//! Carries a plan out: the graph in parallel, each act journalled with its undo before it is done.

pub mod ahead;
pub mod attended;
pub mod converge;
pub mod deep;
pub mod events;
pub mod graph;
pub mod heal;
pub mod remaining;
pub mod revert;
pub mod stale;
#[cfg(test)]
pub(crate) mod stand;
pub mod steps;
pub mod trial;
