import type { Device, Devices } from '../state/state.js';

/** The devices as the browser tells them; without permission only that there are some. */
export async function listDevices(mediaDevices: MediaDevices | undefined): Promise<Devices> {
  const all = (await mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  const of = (kind: MediaDeviceKind): Device[] =>
    all
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .map((device) => ({ id: device.deviceId, label: device.label }));
  return { microphones: of('audioinput'), cameras: of('videoinput'), speakers: of('audiooutput') };
}
