//! The same for each of many, on several threads, in the order of the many.

use std::thread;

/// What `work` makes of each item, in their order, whatever the number of threads.
pub(crate) fn each<'a, Item: Sync, Made: Send>(
    items: &'a [Item],
    threads: usize,
    work: impl Fn(usize, &'a Item) -> Made + Sync,
) -> Vec<Made> {
    let threads = threads.clamp(1, items.len().max(1));
    let share = |thread: usize| -> Vec<(usize, Made)> {
        let own = items.iter().enumerate().skip(thread).step_by(threads);
        own.map(|(index, item)| (index, work(index, item))).collect()
    };
    if threads == 1 {
        return share(0).into_iter().map(|(_, made)| made).collect();
    }
    let mut made: Vec<(usize, Made)> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn({
                    let share = &share;
                    move || share(thread)
                })
            })
            .collect();
        running
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    made.sort_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, made)| made).collect()
}
