// The reference: the same kind of schedule asked of opening_hours.js, the field's usual evaluator. Prints decisions per second.
const OpeningHours = require('opening_hours');
const exceptions = Number(process.argv[2] ?? 40);
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
let seed = 2026;
const random = most => (seed = (seed * 48271) % 2147483647) % most;
const start = Date.UTC(2025, 11, 31, 16);
const dated = [];
for (let i = 0; i < exceptions; i++) {
  const date = new Date(Date.UTC(2026, 0, 1 + random(365)));
  const day = String(date.getUTCDate()).padStart(2, '0');
  dated.push(`2026 ${months[date.getUTCMonth()]} ${day} ${random(2) ? 'off' : '10:00-16:00'}`);
}
const rule = ['Mo-Fr 09:00-12:00,13:00-18:00', 'Sa 10:00-22:00', 'Su off', 'PH off', ...dated].join('; ');
const hours = new OpeningHours(rule, {lat: 31.2, lon: 121.5, address: {country_code: 'cn', state: ''}});
const moments = Array.from({length: 4096}, () => new Date(start + 1000 * random(365 * 86400)));
let open = 0;
const run = seconds => {
  const end = process.hrtime.bigint() + BigInt(seconds * 1e9);
  const begun = process.hrtime.bigint();
  let count = 0;
  while (process.hrtime.bigint() < end) {
    for (let i = 0; i < 16; i++) open += hours.getState(moments[count++ % moments.length]) ? 1 : 0;
  }
  return count / (Number(process.hrtime.bigint() - begun) / 1e9);
};
run(1);
console.log(Math.round(run(3)));
if (open === 0) process.exit(1);
