// easy-template-x: one handler, filled once per form. usage: node easy-template-x.js FOLDER OUT
const fs = require("fs"), path = require("path");
const { TemplateHandler } = require("easy-template-x");
const [folder, out] = process.argv.slice(2);
const content = fs.readFileSync(path.join(folder, "node.docx"));
const contexts = JSON.parse(fs.readFileSync(path.join(folder, "flat.json"), "utf8"));
(async () => {
  const handler = new TemplateHandler();
  const start = process.hrtime.bigint(), before = process.cpuUsage();
  for (const [number, context] of contexts.entries()) {
    const data = await handler.process(content, context);
    fs.writeFileSync(path.join(out, String(number).padStart(6, "0") + ".docx"), data);
  }
  const cpu = process.cpuUsage(before), wall = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(JSON.stringify({ wall, cpu: (cpu.user + cpu.system) / 1e6, mb: process.resourceUsage().maxRSS / 1024, child_mb: 0 }));
})();
