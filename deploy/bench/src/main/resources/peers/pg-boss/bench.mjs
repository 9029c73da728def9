import { PgBoss } from 'pg-boss';
import { address, payloads, pieces, serve, until, Work } from './common.mjs';

const QUEUE = 'bench';
const boss = new PgBoss({ connectionString: address, max: 10, supervise: false, schedule: false });
boss.on('error', (e) => console.error(e));
const work = new Work();

const sql = async (text) => (await boss.getDb().executeSql(text)).rows;
const open = async () => Number((await sql(`select count(*) from pgboss.job where state < 'completed'`))[0].count);

async function add(order) {
  for (const piece of pieces(payloads(order), 10_000)) {
    await boss.insert(QUEUE, piece.map((data) => ({ data })));
  }
}

await serve(
  {
    async start() {
      await boss.start();
      await boss.createQueue(QUEUE, { deleteAfterSeconds: 0 });
    },
    async clear() {
      await boss.offWork(QUEUE);
      await sql('truncate pgboss.job');
    },
    async run(order) {
      work.expect(order.tasks);
      const { pollingMillis, ...plain } = order.settings;
      const options = { ...plain, burstWhenBatchFull: true, pollingIntervalSeconds: pollingMillis / 1000 };
      // with a result for each job, it is the job's row that keeps it
      const perJob = order.keep ? { perJobResults: true } : {};
      await boss.work(QUEUE, { ...options, ...perJob }, (jobs) =>
        Promise.all(
          jobs.map(async (job) => {
            const answer = await work.run(job.data);
            work.ran(job.data);
            return order.keep ? { id: job.id, status: 'completed', output: { answer } } : undefined;
          }),
        ),
      );
      await add(order);
      await work.over;
      await until(async () => (await open()) === 0);
      return { count: work.count, numbers: work.numbers };
    },
    async kept() {
      const rows = await sql(`
        select count(*)::int as rows,
               coalesce(sum(('x' || left(md5(output->>'answer'), 8))::bit(32)::bigint), 0) as sum
        from pgboss.job where state = 'completed'`);
      return { rows: rows[0].rows, sum: Number(rows[0].sum) };
    },
  },
  () => boss.stop({ graceful: false }),
);
