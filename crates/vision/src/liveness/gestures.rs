//! What a face did in a capture, found in the signs of its frames.

use super::head::Turn;
use super::signs::Signs;

/// Something that a face does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gesture {
    /// Both eyes closed and opened again, quickly.
    Blink,
    /// Both eyes stayed closed.
    EyesClosed,
    /// The head turned to the person's own left, the picture's right.
    TurnLeft,
    /// The head turned to the person's own right.
    TurnRight,
    /// The head went down and came up again.
    Nod,
    /// The head went up.
    LookUp,
    /// The mouth opened.
    OpenMouth,
}

/// A gesture that was seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeenGesture {
    /// What.
    pub gesture: Gesture,
    /// Milliseconds from the start of the capture to the frame in which it began.
    pub from_ms: f64,
    /// To the last frame of it.
    pub to_ms: f64,
    /// To the frame in which it went farthest.
    pub peak_ms: f64,
    /// How far it went: degrees of a turn, height over width of a mouth, for eyes the share
    /// of their usual opening that was left.
    pub extent: f32,
}

/// When a movement is a gesture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GestureParams {
    /// Eyes are closed below this share of their usual opening: in five public clips closed
    /// ones went to 0.39 to 0.70.
    pub closed: f32,
    /// The shortest blink, milliseconds from the first closed frame to the first open one:
    /// one frame may be noise in a fast stream, and all there is of a blink in a slow one.
    pub shortest_blink_ms: f64,
    /// Eyes closed longer than this did not blink. Blinks take 100 to 400 ms; a person told
    /// to blink takes longer.
    pub longest_blink_ms: f64,
    /// Least turn to a side, degrees as [`Turn`] measures it: in one clip a head that sways
    /// while it speaks turned by 11 and less but for once; turns that are labelled went to 15 and
    /// 25.
    pub turn: f32,
    /// Least nod and look up, degrees: opening the mouth wide was seen as up to 6.
    pub pitch: f32,
    /// What a nod or a look up must go farther by for each degree that the head is turned
    /// to a side beyond half a turn: turning, it was seen to go down by 7 to 8 of 20.
    pub pitch_beyond_yaw: f32,
    /// A nod comes back by half within this.
    pub longest_nod_ms: f64,
    /// Least opening of the mouth: smiles had 0.25 and less, open mouths 0.37 and 0.63.
    pub mouth: f32,
    /// Least opening beyond the usual one: some smile with their lips apart.
    pub mouth_beyond: f32,
    /// Least time of an open mouth: vowels are shorter.
    pub shortest_mouth_ms: f64,
}

impl Default for GestureParams {
    fn default() -> Self {
        Self {
            closed: 0.72,
            shortest_blink_ms: 50.0,
            longest_blink_ms: 700.0,
            turn: 12.0,
            pitch: 6.5,
            pitch_beyond_yaw: 0.35,
            longest_nod_ms: 2000.0,
            mouth: 0.33,
            mouth_beyond: 0.2,
            shortest_mouth_ms: 100.0,
        }
    }
}

/// One frame as the gestures need it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Milliseconds since the capture began.
    pub at_ms: f64,
    /// Eyes and mouth.
    pub signs: Signs,
    /// The head against its usual place in this capture.
    pub turn: Turn,
}

/// The gestures in `moments`, which are in order, by when they began.
pub fn gestures(moments: &[Moment], params: &GestureParams) -> Vec<SeenGesture> {
    let mut seen = eyes(moments, params);
    let yaw = |sign: f32| move |moment: &Moment| sign * moment.turn.yaw;
    let pitch = |sign: f32| {
        move |moment: &Moment| {
            let turned = (moment.turn.yaw.abs() - params.turn / 2.0).max(0.0);
            sign * moment.turn.pitch - params.pitch_beyond_yaw * turned
        }
    };
    let of = |gesture, spans: Vec<Span>| {
        spans.into_iter().map(move |span| span.seen(gesture, moments)).collect::<Vec<_>>()
    };
    seen.extend(of(Gesture::TurnLeft, above(moments, params.turn, yaw(1.0))));
    seen.extend(of(Gesture::TurnRight, above(moments, params.turn, yaw(-1.0))));
    seen.extend(of(Gesture::LookUp, above(moments, params.pitch, pitch(1.0))));
    let mut nods = above(moments, params.pitch, pitch(-1.0));
    nods.retain(|span| span.returned && span.ms(moments) <= params.longest_nod_ms);
    seen.extend(of(Gesture::Nod, nods));
    let usual = percentile(moments, 0.5, |moment| moment.signs.mouth).unwrap_or(0.0);
    let open = params.mouth.max(usual + params.mouth_beyond);
    // Half open is half-way from the usual.
    let mut mouths = above(moments, open - usual, |moment| moment.signs.mouth - usual);
    mouths.retain(|span| span.ms(moments) >= params.shortest_mouth_ms);
    seen.extend(of(Gesture::OpenMouth, mouths));
    seen.sort_by(|a, b| a.from_ms.total_cmp(&b.from_ms));
    seen
}

/// Frames in which a value lay above a limit, extended to where it was half of it.
#[derive(Debug)]
struct Span {
    first: usize,
    last: usize,
    peak: usize,
    most: f32,
    /// Whether the value came back before the capture ended.
    returned: bool,
}

impl Span {
    fn ms(&self, moments: &[Moment]) -> f64 {
        moments[self.last].at_ms - moments[self.first].at_ms
    }

    fn seen(&self, gesture: Gesture, moments: &[Moment]) -> SeenGesture {
        let (from_ms, to_ms) = (moments[self.first].at_ms, moments[self.last].at_ms);
        let peak_ms = moments[self.peak].at_ms;
        SeenGesture { gesture, from_ms, to_ms, peak_ms, extent: self.most }
    }
}

/// Where `value` reaches `limit`, each from the last frame before at half of it to the first
/// one after: a value that trembles about the limit makes one span.
fn above(moments: &[Moment], limit: f32, value: impl Fn(&Moment) -> f32) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut open: Option<Span> = None;
    for (index, moment) in moments.iter().enumerate() {
        let now = value(moment);
        if now < limit / 2.0 {
            if let Some(span) = open.take().filter(|span| span.most >= limit) {
                spans.push(Span { last: index, returned: true, ..span });
            }
            continue;
        }
        let begun = Span { first: index, last: index, peak: index, most: now, returned: false };
        let span = open.get_or_insert(begun);
        span.last = index;
        if now > span.most {
            (span.most, span.peak) = (now, index);
        }
    }
    spans.extend(open.filter(|span| span.most >= limit));
    spans
}

/// Blinks and closed eyes.
fn eyes(moments: &[Moment], params: &GestureParams) -> Vec<SeenGesture> {
    let Some(usual) = usual_opening(moments) else { return Vec::new() };
    // The wider eye: a wink is no blink.
    let left = |moment: &Moment| {
        let [a, b] = [0, 1].map(|eye: usize| moment.signs.eyes[eye] / usual[eye]);
        a.max(b)
    };
    let mut seen = Vec::new();
    let mut closed: Option<SeenGesture> = None;
    let mut opened_before = false;
    for moment in moments {
        let share = left(moment);
        if share < params.closed {
            let from_ms = moment.at_ms;
            let gesture = closed.get_or_insert(SeenGesture {
                // Closed from the first frame on, it may have begun at any time.
                gesture: if opened_before { Gesture::Blink } else { Gesture::EyesClosed },
                from_ms,
                to_ms: from_ms,
                peak_ms: from_ms,
                extent: share,
            });
            gesture.to_ms = moment.at_ms;
            if share < gesture.extent {
                (gesture.extent, gesture.peak_ms) = (share, moment.at_ms);
            }
        } else if let Some(gesture) = closed.take() {
            seen.push(SeenGesture { to_ms: moment.at_ms, ..gesture });
        }
        opened_before = true;
    }
    // Still closed at the end: it never opened again.
    seen.extend(closed.map(|gesture| SeenGesture { gesture: Gesture::EyesClosed, ..gesture }));
    for gesture in &mut seen {
        if gesture.to_ms - gesture.from_ms > params.longest_blink_ms {
            gesture.gesture = Gesture::EyesClosed;
        }
    }
    seen.retain(|gesture| gesture.to_ms - gesture.from_ms >= params.shortest_blink_ms);
    seen
}

/// How far each eye is usually open: the 70th percentile, so that eyes closed for half of
/// the time do not make it small.
fn usual_opening(moments: &[Moment]) -> Option<[f32; 2]> {
    let usual = |eye: usize| percentile(moments, 0.7, |moment| moment.signs.eyes[eye]);
    Some([usual(0)?.max(f32::MIN_POSITIVE), usual(1)?.max(f32::MIN_POSITIVE)])
}

/// The value below which `share` of the moments lie; `None` without any.
fn percentile(moments: &[Moment], share: f32, value: impl Fn(&Moment) -> f32) -> Option<f32> {
    let mut values: Vec<f32> = moments.iter().map(value).collect();
    values.sort_by(f32::total_cmp);
    values.get((values.len() as f32 * share) as usize).copied()
}
