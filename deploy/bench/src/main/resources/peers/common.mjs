// The conversation with the benchmark: a JSON object a line on standard input, answers behind an @.
import { createInterface } from 'node:readline';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

// Answers each question by the method of its name, one after the other, until there are no more.
export async function serve(methods, close) {
  for await (const line of createInterface({ input: process.stdin })) {
    const question = JSON.parse(line);
    let answer;
    try {
      answer = (await methods[question.what](question)) ?? {};
    } catch (e) {
      console.error(e);
      answer = { failure: String(e) };
    }
    process.stdout.write('@' + JSON.stringify(answer) + '\n');
  }
  await close();
  process.exit(0);
}

export const address = process.argv[2];

// The task's answer: its payload again and again, cut to size.
export function output({ n, millis, bytes }) {
  const text = `{"n":${n},"millis":${millis},"bytes":${bytes}}`;
  return text.repeat(Math.floor(bytes / text.length) + 1).slice(0, bytes);
}

export function payloads({ tasks, millis, bytes }) {
  return Array.from({ length: tasks }, (_, n) => ({ n, millis, bytes }));
}

export function* pieces(all, size) {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

// What every peer's task does, beside keeping its answer.
export class Work {
  expect(tasks) {
    this.tasks = tasks;
    this.count = 0;
    this.numbers = 0;
    this.starts = new Float64Array(tasks);
    this.ends = new Float64Array(tasks);
    this.over = new Promise((resolve) => (this.resolve = resolve));
  }

  async run(payload) {
    this.starts[payload.n] = now();
    if (payload.millis > 0) await sleep(payload.millis);
    return output(payload);
  }

  ran(payload) {
    this.count++;
    this.numbers += payload.n;
    if (this.count === this.tasks) this.resolve();
  }

  // How long tasks waited that were asked for at these times.
  latency(asked) {
    return { start: quantiles(asked, this.starts), end: quantiles(asked, this.ends), asked: perSecond(asked) };
  }
}

// Milliseconds since 1970, finer than Date.now().
export function now() {
  return performance.timeOrigin + performance.now();
}

export async function until(condition) {
  while (!(await condition())) await sleep(5);
}

export function checksum(texts) {
  let sum = 0;
  for (const text of texts) sum += createHash('md5').update(text).digest().readUInt32BE(0);
  return sum;
}

// Calls `add` at an even rate and never waits for one call before the next, unless `most` are under way.
export async function paced({ rate, seconds, most }, add) {
  const total = rate * seconds;
  const begun = performance.now();
  const open = new Set();
  const asked = new Float64Array(total);
  for (let n = 0; n < total; n++) {
    const due = begun + (n * 1000) / rate;
    while (performance.now() < due) await sleep(1);
    while (open.size >= most) await Promise.race(open);
    asked[n] = now();
    const call = add(n).finally(() => open.delete(call));
    open.add(call);
  }
  await Promise.all(open);
  return asked;
}

function perSecond(asked) {
  return (asked.length * 1000) / (asked.at(-1) - asked[0] || 1);
}

// p50 and p99 of the differences, in milliseconds.
function quantiles(from, to) {
  const sorted = Float64Array.from(from, (at, n) => to[n] - at).sort();
  const rank = (share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  return { p50: rank(0.5), p99: rank(0.99) };
}
