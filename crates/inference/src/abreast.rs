//! Runs of networks side by side.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::InferenceError;

/// What `work` makes of each of `items`, in their order, two at once: a run of most networks
/// takes one core.
///
/// # Errors
///
/// That of an item whose work fails; no other is begun then.
pub fn two_abreast<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<R, InferenceError> + Sync,
) -> Result<Vec<R>, InferenceError> {
    let next = AtomicUsize::new(0);
    let turn = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return Ok(done) };
            let result = work(item).inspect_err(|_| next.store(items.len(), Ordering::Relaxed));
            done.push((index, result?));
        }
    };
    let (here, there) = std::thread::scope(|scope| {
        let there = (items.len() > 1).then(|| scope.spawn(turn));
        let here = turn();
        (here, there.map(|there| there.join().expect("work on an item does not panic")))
    });
    let mut done: Vec<(usize, R)> = here?;
    done.extend(there.transpose()?.into_iter().flatten());
    done.sort_by_key(|(index, _)| *index);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in 0..20_usize {
            let items: Vec<usize> = (0..count).collect();
            let squares = two_abreast(&items, |item| Ok(item * item)).unwrap();
            assert_eq!(squares, items.iter().map(|item| item * item).collect::<Vec<_>>());
        }
    }

    #[test]
    fn where_work_fails_nothing_more_is_begun() {
        let begun = AtomicUsize::new(0);
        let fail = |_: &usize| {
            begun.fetch_add(1, Ordering::Relaxed);
            let (output, problem) = ("maps".to_owned(), "it is odd".to_owned());
            Err::<(), _>(InferenceError::Output { role: Role::Iris, output, problem })
        };
        let items: Vec<usize> = (0..20).collect();
        assert!(two_abreast(&items, fail).unwrap_err().to_string().contains("it is odd"));
        assert!(begun.into_inner() <= 2, "each of two began one");
    }
}
