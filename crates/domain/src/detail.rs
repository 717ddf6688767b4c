//! Which of several things a reason is about.

use serde::{Deserialize, Serialize};

/// What exactly is wrong, where one code covers several things: each has texts of
/// its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// The hand-held picture shows no face.
    NoFace,
    /// The hand-held picture shows no document.
    NoDocument,
    /// The document in the hand cannot be read.
    Unread,
    /// The document in the hand is another one than in its own picture.
    OtherDocument,
    /// The portrait on the document in the hand could not be matched to the one in its
    /// own picture.
    OtherPortrait,
    /// Nothing ties the person to the one whom the account was approved as before.
    EarlierPerson,
    /// The person who holds the document could not be matched to the one in the selfie.
    OtherPerson,
    /// Of a hand-held picture: whether a hand of this person holds the document was not
    /// judged. Of a selfie: a hand lies over the face.
    Hand,
    /// A hat lies over the brow.
    Hat,
    /// Sunglasses, or glasses that mirror light over an eye.
    Glasses,
    /// A mask lies over nose and mouth.
    Mask,
    /// Hair hangs over an eye.
    Hair,
    /// Nothing that the front prints is what the code on the back says.
    Sides,
    /// The file names an editing program.
    Edited,
    /// The portrait is more or less grainy than the document around it.
    PortraitGrain,
    /// The portrait lacks the traces of compression that the document around it has.
    PortraitGrid,
    /// The portrait lacks the steps of an earlier compression that the document around it has.
    PortraitSteps,
    /// The portrait stands where this document has none.
    PortraitPlace,
    /// The portrait and the small second one show two people.
    Ghost,
    /// The edges of one field's print are steeper than those of the others.
    FieldSharpness,
    /// Two places of one field are alike to the pixel.
    FieldCopied,
    /// A line of print, or a character, lacks the steps of an earlier compression that the document has.
    FieldSteps,
    /// The eyes were not seen to close and open.
    Blink,
    /// Other movements were made than those that were asked for.
    Unasked,
    /// The head was not seen to turn to the person's left.
    TurnLeft,
    /// The head was not seen to turn to the person's right.
    TurnRight,
    /// No nod was seen.
    Nod,
    /// The head was not seen to go up.
    LookUp,
    /// The mouth was not seen to open.
    OpenMouth,
    /// The capture has too few frames a second.
    FrameRate,
    /// The person declined the colours of the page.
    LightDeclined,
}
