/** Moving pictures for people who are not there: one canvas per track. */
const streams = new Map<string, MediaStream>();

export function paint(trackId: string, element: HTMLVideoElement): () => void {
  let stream = streams.get(trackId);
  if (stream === undefined) {
    stream = draw(trackId);
    streams.set(trackId, stream);
  }
  element.muted = true;
  element.srcObject = stream;
  void element.play().catch(() => undefined);
  return () => {
    element.srcObject = null;
  };
}

function draw(trackId: string): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 1280;
  canvas.height = 720;
  const pen = canvas.getContext('2d');
  const hue = [...trackId].reduce((sum, letter) => sum + letter.charCodeAt(0) * 37, 0) % 360;
  let turn = 0;
  const frame = () => {
    if (pen === null) return;
    turn += 1;
    pen.fillStyle = trackId.endsWith('screen') ? '#fff' : `hsl(${hue} 40% 30%)`;
    pen.fillRect(0, 0, 1280, 720);
    pen.fillStyle = trackId.endsWith('screen') ? '#222' : `hsl(${hue} 60% 70%)`;
    pen.beginPath();
    pen.arc(640 + Math.sin(turn / 20) * 30, 300, 130, 0, 7);
    pen.fill();
    pen.fillRect(420, 450, 440, 270);
    pen.font = '48px sans-serif';
    pen.fillText(trackId, 40, 80);
  };
  frame();
  setInterval(frame, 100);
  return canvas.captureStream(10);
}
