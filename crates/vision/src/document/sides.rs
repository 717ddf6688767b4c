//! Which edges of the picture are the document's sides.
//!
//! The network's cells run out over a finger or a card that touches; the
//! picture has more straight edges than those of the document. Of all ways to
//! take the sides from edges near the cells' own, the one is chosen that cells
//! and edges together speak for most.

use imaging::{Point, Quad};

use super::edges::Edges;
use super::fit::{self, Line};

/// How far from the cells' side an edge is looked for, as a share of the
/// document's extent across that side.
const FAR: f32 = 0.4;
/// What edges count for against cells. This, what stands above and the two below
/// were chosen on 240 photographs of looks 0 and 1, seeds from 800,000: mean
/// overlap 0.886 with 0.5, 0.909 with 1, 0.911 with 1.6; more pulls the sides
/// of scans onto printed lines.
const EDGES: f32 = 0.8;
/// How sure a side is taken to be that lies outside the picture or at its very
/// border, where no edge can be seen.
const OUT_OF_VIEW: f32 = 0.4;
/// The same of a side in view on which no edge was seen.
const UNSEEN: f32 = 0.1;
/// A side this near to the picture's border may be the border, in cells.
const AT_BORDER: f32 = 1.5;
/// Two sides whose ends are nearer to each other than this are one, pixels.
const SAME: f32 = 3.0;

/// How likely places of the picture belong to one document: cells' middles in
/// pixels of the picture.
pub(super) struct Chances(pub Vec<(Point, f32)>);

impl Chances {
    /// For each cell 1 where it lies within `line`, which faces outwards, else 0.
    fn within(&self, line: &Line) -> Vec<f32> {
        self.0.iter().map(|(place, _)| f32::from(line.beyond(*place) <= 0.0)).collect()
    }

    /// The sum of the chances.
    fn sum(&self) -> f32 {
        self.0.iter().map(|(_, chance)| chance).sum()
    }
}

/// The sum of products, in eight lanes so that a processor can take them at once.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a.remainder().iter().zip(b.remainder()).map(|(a, b)| a * b).sum();
    let mut lanes = [0.0; 8];
    for (a, b) in a.zip(b) {
        for (lane, (a, b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
            *lane += a * b;
        }
    }
    rest + lanes.iter().sum::<f32>()
}

/// A way to take one side.
#[derive(Debug, Clone, Copy)]
struct Side {
    line: Line,
    /// How sure it is.
    sure: f32,
    /// Whether an edge was seen there.
    seen: bool,
}

/// An outline whose sides are settled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settled {
    pub quad: Quad,
    /// On which sides an edge was seen, the one from the first corner on first.
    pub seen: [bool; 4],
    /// How well cells and quad cover each other, 0 to 1.
    pub score: f32,
}

/// The outline near `rough` that `chances` and `edges` speak for most. `reach`
/// is how far cells are off where they are right, pixels.
pub(super) fn settled(
    edges: &Edges,
    chances: &Chances,
    rough: &Quad,
    reach: f32,
) -> Option<Settled> {
    let across = [rough.height(), rough.width()];
    let ways = [0, 1, 2, 3].map(|i| {
        let (from, to) = (rough.0[i], rough.0[(i + 1) % 4]);
        ways(edges, (from, to), reach, FAR * across[i % 2])
    });
    // Opposite sides in pairs: a quad is what lies within two pairs.
    let [top, right, bottom, left] = &ways;
    let along = Pair::all(chances, top, bottom);
    let across = Pair::all(chances, left, right);
    let all = chances.sum();
    let mut best: Option<(f32, Settled)> = None;
    for one in &along {
        for other in &across {
            let ([top, bottom], [left, right]) = (one.sides, other.sides);
            let sides = [top, right, bottom, left];
            let sure: f32 = sides.iter().map(|side| side.sure).sum();
            let most = best.map_or(0.0, |(most, _)| most);
            // Cells and quad cover each other by 1 at most.
            if 1.0 + EDGES * sure / 4.0 <= most {
                continue;
            }
            let Some(quad) = corners(&sides) else { continue };
            let score = one.agreement(other, all);
            let worth = score + EDGES * sure / 4.0;
            if best.is_none() || worth > most {
                let seen = sides.map(|side| side.seen);
                best = Some((worth, Settled { quad, seen, score }));
            }
        }
    }
    best.map(|(_, settled)| settled)
}

/// Two opposite sides and what lies between them.
struct Pair {
    sides: [Side; 2],
    /// For each cell 1 where it lies between them, else 0.
    cells: Vec<f32>,
    /// The chances of those cells.
    likely: Vec<f32>,
}

impl Pair {
    /// How well the cells, whose chances add up to `all`, and what lies within
    /// both pairs cover each other, 0 to 1.
    fn agreement(&self, other: &Self, all: f32) -> f32 {
        let both = dot(&self.cells, &other.likely);
        let either = dot(&self.cells, &other.cells) + all - both;
        if either > 0.0 { both / either } else { 0.0 }
    }

    /// Each of `ones` with each of `others`.
    fn all(chances: &Chances, ones: &[Side], others: &[Side]) -> Vec<Self> {
        let within = |side: &Side| (*side, chances.within(&side.line));
        let others: Vec<_> = others.iter().map(within).collect();
        let mut pairs = Vec::with_capacity(ones.len() * others.len());
        for (one, a) in ones.iter().map(within) {
            for (other, b) in &others {
                let cells: Vec<f32> = a.iter().zip(b).map(|(a, b)| a * b).collect();
                let likely = cells.iter().zip(&chances.0).map(|(cell, (_, p))| cell * p).collect();
                pairs.push(Self { sides: [one, *other], cells, likely });
            }
        }
        pairs
    }
}

/// The ways to take the side that the cells put at `from`–`to`: there, along an
/// edge, or along the picture's own border.
fn ways(edges: &Edges, (from, to): (Point, Point), reach: f32, far: f32) -> Vec<Side> {
    let own = if edges.shows(from, to) { UNSEEN } else { OUT_OF_VIEW };
    let cells = Line::through(from, to);
    let mut ways = vec![Side { line: cells, sure: own, seen: false }];
    for border in edges.borders() {
        if border.beyond(from).abs().max(border.beyond(to).abs()) < AT_BORDER * reach {
            ways.push(Side { line: border.facing(&cells), sure: OUT_OF_VIEW, seen: false });
        }
    }
    let near = edges.near(from, to, reach);
    for edge in near.into_iter().chain(edges.around(from, to, far)) {
        let alike = |way: &Side| {
            let apart = |p: Point| (way.line.beyond(p) - edge.line.beyond(p)).abs();
            way.seen && apart(from).max(apart(to)) < SAME
        };
        if !ways.iter().any(alike) {
            ways.push(Side { line: edge.line, sure: edge.sure, seen: true });
        }
    }
    ways
}

/// Where neighbouring sides meet, if that is a page in perspective.
fn corners(sides: &[Side; 4]) -> Option<Quad> {
    let mut corners = [Point::default(); 4];
    for (i, corner) in corners.iter_mut().enumerate() {
        *corner = sides[(i + 3) % 4].line.meets(&sides[i].line)?;
    }
    let quad = Quad(corners);
    fit::is_a_page_in_perspective(&quad).then_some(quad)
}
