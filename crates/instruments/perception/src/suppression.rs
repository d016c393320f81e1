//! Which cells may be shown, so that nobody is known by their answers (`domain.md` §5).
//!
//! A cell with fewer answers than the rule allows is hidden. Totals leave hidden cells out; but who knows the whole from
//! elsewhere could subtract. So where one cell of a line would be hidden alone, or the hidden ones together are fewer
//! than the rule allows, the next smallest is hidden too. In a table that is done for rows and columns until nothing
//! changes, and then for any cell that rows and columns together would still give away (Willenborg and de Waal 2001,
//! *Elements of Statistical Disclosure Control*, ch. 4). A hidden cell does not tell why it is hidden.

/// Who looks at the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The relationship manager of the customer.
    Manager,
    /// Anybody else.
    Other,
}

/// What was promised to those who answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Survey {
    /// Names are known, said so on the first page.
    Attributed,
    /// Nobody is to be known by an answer.
    Anonymous,
}

/// How many answers a cell must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Cells below are hidden; 0 hides nothing.
    pub fewest: u64,
}

impl Rule {
    /// Fewest answers in a cell of answers.
    pub const ANSWERS: u64 = 5;
    /// Fewest answers in a cell by age, gender and the like.
    pub const DEMOGRAPHIC: u64 = 10;

    /// The manager sees all of an attributed survey; of an anonymous one nobody sees a small cell, and neither does
    /// anybody else of an attributed one.
    #[must_use]
    pub const fn new(survey: Survey, reader: Reader, demographic: bool) -> Rule {
        let fewest = match (survey, reader, demographic) {
            (Survey::Attributed, Reader::Manager, _) => 0,
            (_, _, true) => Rule::DEMOGRAPHIC,
            (_, _, false) => Rule::ANSWERS,
        };
        Rule { fewest }
    }

    /// Whether cells hidden together keep each other's secret: at least two, and together enough.
    fn keeps(self, hidden: impl Iterator<Item = u64>) -> bool {
        let (cells, answers) = hidden.fold((0, 0), |(cells, answers), count| (cells + 1, answers + count));
        cells == 0 || (cells > 1 && answers >= self.fewest)
    }
}

/// A cell as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// So many answers.
    Count(u64),
    /// Suppressed.
    Hidden,
}

impl Shown {
    /// The total of a line: what is hidden is left out.
    #[must_use]
    pub fn total(cells: &[Shown]) -> u64 {
        cells.iter().map(|cell| if let Shown::Count(count) = cell { *count } else { 0 }).sum()
    }
}

/// One line of cells that add up to a whole. Of equal cells the first is hidden first.
#[must_use]
pub fn suppress(cells: &[u64], rule: Rule) -> Vec<Shown> {
    Grid::new(cells.to_vec(), cells.len(), rule).protected()
}

/// A table of cells whose rows and columns add up. `rows` all have the same number of cells.
///
/// # Errors
/// [`crate::Error::Ragged`], naming the first row that has not.
pub fn suppress_table(rows: &[Vec<u64>], rule: Rule) -> Result<Vec<Vec<Shown>>, crate::Error> {
    let first = rows.first().map_or(0, Vec::len);
    if let Some(at) = rows.iter().position(|row| row.len() != first) {
        return Err(crate::Error::Ragged { row: at + 1, cells: rows[at].len(), first });
    }
    if first == 0 {
        return Ok(vec![Vec::new(); rows.len()]);
    }
    let shown = Grid::new(rows.concat(), first, rule).protected();
    Ok(shown.chunks(first).map(<[Shown]>::to_vec).collect())
}

/// Cells row by row.
struct Grid {
    counts: Vec<u64>,
    hidden: Vec<bool>,
    columns: usize,
    rule: Rule,
}

impl Grid {
    fn new(counts: Vec<u64>, columns: usize, rule: Rule) -> Grid {
        let hidden = counts.iter().map(|count| *count < rule.fewest).collect();
        Grid { counts, hidden, columns, rule }
    }

    fn protected(mut self) -> Vec<Shown> {
        let lines = self.lines();
        loop {
            let mut more = false;
            for line in &lines {
                more |= self.protect(line);
            }
            // A single line has no second direction that could give a cell away.
            if !more && (self.counts.len() <= self.columns || !self.cover_given_away()) {
                break;
            }
        }
        let cells = self.counts.iter().zip(&self.hidden);
        cells.map(|(count, hidden)| if *hidden { Shown::Hidden } else { Shown::Count(*count) }).collect()
    }

    /// Rows, and columns where there are several rows.
    fn lines(&self) -> Vec<Vec<usize>> {
        let (all, columns) = (self.counts.len(), self.columns.max(1));
        let mut lines: Vec<Vec<usize>> =
            (0..all / columns).map(|row| (row * columns..(row + 1) * columns).collect()).collect();
        if lines.len() > 1 {
            lines.extend((0..columns).map(|column| (column..all).step_by(columns).collect()));
        }
        lines
    }

    /// Hides the next smallest of a line until its hidden cells keep each other's secret; whether any was.
    fn protect(&mut self, line: &[usize]) -> bool {
        let mut more = false;
        while !self.rule.keeps(line.iter().filter(|at| self.hidden[**at]).map(|at| self.counts[*at])) {
            if !self.hide_smallest(line.iter().copied()) {
                break;
            }
            more = true;
        }
        more
    }

    fn hide_smallest(&mut self, among: impl Iterator<Item = usize>) -> bool {
        let next = among.filter(|at| !self.hidden[*at]).min_by_key(|at| (self.counts[*at], *at));
        if let Some(at) = next {
            self.hidden[at] = true;
        }
        next.is_some()
    }

    /// Hides one more cell beside the first one that row and column totals together would give away.
    fn cover_given_away(&mut self) -> bool {
        for at in 0..self.counts.len() {
            if self.hidden[at] && self.is_given_away(at) {
                let (row, column) = (at / self.columns, at % self.columns);
                let beside: Vec<usize> = (0..self.counts.len())
                    .filter(|other| other / self.columns == row || other % self.columns == column)
                    .collect();
                if self.hide_smallest(beside.into_iter()) {
                    return true;
                }
            }
        }
        false
    }

    /// Whether the totals determine a hidden cell: seen as a link between its row and its column, it is the only way
    /// from the one to the other over hidden cells.
    fn is_given_away(&self, cell: usize) -> bool {
        let rows = self.counts.len() / self.columns;
        let (from, to) = (cell / self.columns, rows + cell % self.columns);
        let mut reached = vec![false; rows + self.columns];
        let mut open = vec![from];
        reached[from] = true;
        while let Some(place) = open.pop() {
            for at in (0..self.counts.len()).filter(|at| *at != cell && self.hidden[*at]) {
                let ends = [at / self.columns, rows + at % self.columns];
                let other = if ends[0] == place { ends[1] } else { ends[0] };
                if ends.contains(&place) && !reached[other] {
                    reached[other] = true;
                    open.push(other);
                }
            }
        }
        !reached[to]
    }
}
