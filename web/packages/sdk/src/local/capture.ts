import type { WireRole } from '@stoa/protocol';
import type { CaptureFailure, CaptureKind } from '../failures.js';

/** What to ask of a microphone. */
export function microphoneConstraints(deviceId: string | undefined): MediaTrackConstraints {
  return { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...exactly(deviceId) };
}

/** What to ask of a camera: the size of the role, as near as the camera comes. */
export function cameraConstraints(
  deviceId: string | undefined,
  role: WireRole | undefined,
): MediaTrackConstraints {
  const { width, height, frameRate } = role?.publishParams.video ?? {};
  return {
    ...(width ? { width: { ideal: width } } : {}),
    ...(height ? { height: { ideal: height } } : {}),
    ...(frameRate ? { frameRate: { ideal: frameRate } } : {}),
    ...exactly(deviceId),
  };
}

/** The role's size is the most a screen is captured with. */
export function screenConstraints(role: WireRole | undefined): MediaTrackConstraints {
  const { width, height, frameRate } = role?.publishParams.screen ?? {};
  return {
    ...(width ? { width: { max: width } } : {}),
    ...(height ? { height: { max: height } } : {}),
    ...(frameRate ? { frameRate: { max: frameRate } } : {}),
  };
}

const exactly = (deviceId: string | undefined): MediaTrackConstraints =>
  deviceId === undefined ? {} : { deviceId: { exact: deviceId } };

const CODES: Readonly<Record<string, CaptureFailure['code']>> = {
  NotAllowedError: 'permission-denied',
  SecurityError: 'permission-denied',
  NotFoundError: 'device-missing',
  OverconstrainedError: 'device-missing',
  NotReadableError: 'device-busy',
  AbortError: 'device-busy',
};

/** The failure a browser's error stands for, by the error's name (Media Capture and Streams §10.2). */
export function captureFailure(kind: CaptureKind, error: unknown): CaptureFailure {
  const name = error instanceof Error ? error.name : '';
  return { code: CODES[name] ?? 'capture-failed', kind, message: String(error) };
}

export const notAllowed = (kind: CaptureKind): CaptureFailure => ({
  code: 'not-allowed-by-role',
  kind,
  message: `the role may not publish a ${kind}`,
});

export const unsupported = (kind: CaptureKind): CaptureFailure => ({
  code: 'unsupported',
  kind,
  message: 'no devices here: the page is not secure or the browser cannot capture',
});
