import pg from 'pg';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { address, now, paced, payloads, pieces, serve, until, Work } from './common.mjs';

const TASK = 'bench';
const pool = new pg.Pool({ connectionString: address, max: 2 });
const logger = new Logger(() => () => {});
const work = new Work();
let utils;
let runner;

const count = async (table) => Number((await pool.query(`select count(*) from ${table}`)).rows[0].count);
const allGone = async () => (await count('graphile_worker.jobs')) === 0;

async function worker({ settings, keep }) {
  const { localQueueSize, refetchDelayMillis, ...plain } = settings;
  const localQueue = { size: localQueueSize, refetchDelay: { durationMs: refetchDelayMillis } };
  runner = await run({
    preset: {
      worker: {
        connectionString: address,
        ...plain,
        ...(localQueueSize && { localQueue }),
        logger,
      },
    },
    logger,
    noHandleSignals: true,
    taskList: {
      [TASK]: async (payload, helpers) => {
        const answer = await work.run(payload);
        if (keep) {
          await helpers.withPgClient((client) =>
            client.query({
              name: 'keep',
              text: 'insert into result (n, output) values ($1, $2)',
              values: [payload.n, answer],
            }),
          );
        }
        work.ran(payload);
      },
    },
  });
  runner.events.on('job:complete', ({ job }) => (work.ends[job.payload.n] = now()));
}

async function add(order) {
  for (const piece of pieces(payloads(order), 10_000)) {
    await utils.addJobs(piece.map((payload) => ({ identifier: TASK, payload })));
  }
}

await serve(
  {
    async start() {
      utils = await makeWorkerUtils({ connectionString: address, logger });
      await utils.migrate();
      await pool.query('create table result (n integer not null, output text not null)');
    },
    async clear() {
      await runner?.stop();
      runner = undefined;
      await pool.query('truncate result, graphile_worker._private_jobs');
    },
    // Rows only, nobody works on them.
    async add(order) {
      await add(order);
      return { rows: await count('graphile_worker.jobs') };
    },
    async run(order) {
      work.expect(order.tasks);
      await worker(order);
      await add(order);
      await work.over;
      await until(allGone);
      return { count: work.count, numbers: work.numbers };
    },
    async latency(order) {
      const tasks = order.rate * order.seconds;
      work.expect(tasks);
      await worker(order);
      const asked = await paced(order, (n) => utils.addJob(TASK, { n, millis: 0, bytes: order.bytes }));
      await work.over;
      await until(allGone);
      return work.latency(asked);
    },
    async kept() {
      const { rows } = await pool.query(`
        select count(*)::int as rows, coalesce(sum(('x' || left(md5(output), 8))::bit(32)::bigint), 0) as sum from result`);
      return { rows: rows[0].rows, sum: Number(rows[0].sum) };
    },
  },
  async () => {
    await utils?.release();
    await pool.end();
  },
);
