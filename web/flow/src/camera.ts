/** Why there are no pictures from a camera. */
export type CameraTrouble = "denied" | "none" | "busy";

export class NoCamera extends Error {
  constructor(readonly trouble: CameraTrouble) {
    super(trouble);
  }
}

/** Whether the browser may be asked at all: only pages that come over TLS may. */
export const possible = (): boolean => Boolean(navigator.mediaDevices?.getUserMedia);

const TROUBLES: Record<string, CameraTrouble> = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** Opens a camera: the one behind for documents, the one in front for faces. */
export async function open(facing: "environment" | "user"): Promise<MediaStream> {
  if (!possible()) throw new NoCamera("none");
  const [width, height] = facing === "environment" ? [3840, 2160] : [1920, 1080];
  const video = {
    facingMode: { ideal: facing },
    width: { ideal: width },
    height: { ideal: height },
    frameRate: { ideal: 30 },
  };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (error) {
    throw new NoCamera(TROUBLES[(error as DOMException).name] ?? "none");
  }
}

/** A guess: phones have more across; the cameras of older laptops, 640 to 1,024, make print too
 * small to be read. */
const FEWEST = 1280;

/** Whether the camera of a computer shows too little of a document. */
export const isPoor = ({ videoWidth }: HTMLVideoElement): boolean =>
  atDesk() && videoWidth > 0 && videoWidth < FEWEST;

/** A computer, not a phone or a tablet: it is pointed at with a mouse. */
export const atDesk = (): boolean => matchMedia("(hover: hover) and (pointer: fine)").matches;

export function close(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** What the camera shows now, its longer side at most `side` pixels. */
export function drawn(video: HTMLVideoElement, side: number, onto?: HTMLCanvasElement) {
  const { videoWidth: width, videoHeight: height } = video;
  const scale = Math.min(1, side / Math.max(width, height, 1));
  const canvas = onto ?? document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext("2d", { alpha: false })?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas;
}

export function jpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const done = (blob: Blob | null) => (blob ? resolve(blob) : reject(new NoCamera("busy")));
    canvas.toBlob(done, "image/jpeg", quality);
  });
}

/** The picture itself, as large as the camera gives it. */
export const still = (video: HTMLVideoElement): Promise<Blob> => jpeg(drawn(video, 4096), 0.93);
