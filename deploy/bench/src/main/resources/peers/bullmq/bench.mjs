import { Queue, Worker } from 'bullmq';
import { address, checksum, now, paced, payloads, pieces, serve, until, Work } from './common.mjs';

const QUEUE = 'bench';
const connection = { host: '127.0.0.1', port: Number(address), maxRetriesPerRequest: null };
const queue = new Queue(QUEUE, { connection });
const work = new Work();
let worker;

const settled = async (tasks, keep) => {
  const counts = await queue.getJobCounts('waiting', 'active', 'completed');
  return counts.waiting + counts.active === 0 && (!keep || counts.completed === tasks);
};

const begin = ({ settings, keep }) => {
  worker = new Worker(
    QUEUE,
    async (job) => {
      const answer = await work.run(job.data);
      work.ran(job.data);
      return keep ? answer : undefined;
    },
    {
      connection,
      ...settings,
      removeOnComplete: keep ? { count: 10_000_000 } : { count: 0 },
    },
  );
  worker.on('completed', (job) => (work.ends[job.data.n] = now()));
  worker.on('error', (e) => console.error(e));
};

async function add(order) {
  for (const piece of pieces(payloads(order), 10_000)) {
    await queue.addBulk(piece.map((data) => ({ name: QUEUE, data })));
  }
}

await serve(
  {
    async start() {
      await queue.waitUntilReady();
    },
    async clear() {
      await worker?.close();
      await queue.obliterate({ force: true });
    },
    async run(order) {
      work.expect(order.tasks);
      begin(order);
      await add(order);
      await work.over;
      await until(() => settled(order.tasks, order.keep));
      return { count: work.count, numbers: work.numbers };
    },
    async latency(order) {
      const tasks = order.rate * order.seconds;
      work.expect(tasks);
      begin(order);
      await worker.waitUntilReady();
      const asked = await paced(order, (n) => queue.add(QUEUE, { n, millis: 0, bytes: order.bytes }));
      await work.over;
      await until(() => settled(tasks, order.keep));
      return work.latency(asked);
    },
    async kept() {
      let rows = 0;
      let sum = 0;
      for (let from = 0; ; from += 5000) {
        const jobs = await queue.getCompleted(from, from + 4999);
        if (jobs.length === 0) return { rows, sum };
        rows += jobs.length;
        sum += checksum(jobs.map((job) => job.returnvalue));
      }
    },
  },
  () => queue.close(),
);
