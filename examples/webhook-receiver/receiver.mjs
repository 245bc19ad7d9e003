// Receives webhooks of a Stoa server and believes only those it has signed. Needs Node 20 and nothing else.
//
//   WEBHOOK_SIGNING_KEY=<signing_key of GET /v2/webhooks> PORT=9000 node receiver.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const key = process.env.WEBHOOK_SIGNING_KEY;
if (!key) {
  console.error('WEBHOOK_SIGNING_KEY is missing: see signing_key in GET /v2/webhooks');
  process.exit(2);
}
const MAX_AGE_SECONDS = 300;
const MAX_BODY_BYTES = 1024 * 1024;
const seen = new Set(); // a real receiver keeps ids in its database

// X-Webhook-Signature: t=<Unix seconds>,v1=<hex HMAC-SHA256 of "<Unix seconds>.<body>">
function isOurs(header, body) {
  const [, time, hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header ?? '') ?? [];
  if (!time || Math.abs(Date.now() / 1000 - Number(time)) > MAX_AGE_SECONDS) return false;
  const expected = createHmac('sha256', key).update(`${time}.`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(hex, 'hex'));
}

async function read(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const server = createServer(async (request, response) => {
  try {
    const body = await read(request);
    if (!isOurs(request.headers['x-webhook-signature'], body)) {
      console.log('rejected');
      response.writeHead(401).end();
      return;
    }
    const event = JSON.parse(body.toString());
    const again = seen.has(event.id) || event.is_replay === true;
    seen.add(event.id);
    console.log(`${again ? 'again' : 'ok'} ${event.type} ${event.data.room_id}`);
    response.writeHead(200).end(); // answer first, work later: the server waits 5 seconds
  } catch {
    response.writeHead(400).end();
  }
});
server.listen(Number(process.env.PORT ?? 9000), process.env.HOST ?? '127.0.0.1', () => {
  console.log(`listening ${server.address().port}`);
});
