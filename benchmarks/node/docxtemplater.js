// docxtemplater: the template is unzipped once, filled once per form. usage: node docxtemplater.js FOLDER OUT
const fs = require("fs"), path = require("path");
const PizZip = require("pizzip"), Docxtemplater = require("docxtemplater");
const [folder, out] = process.argv.slice(2);
const content = fs.readFileSync(path.join(folder, "node.docx"), "binary");
const contexts = JSON.parse(fs.readFileSync(path.join(folder, "flat.json"), "utf8"));
const start = process.hrtime.bigint(), before = process.cpuUsage();
contexts.forEach((context, number) => {
  const doc = new Docxtemplater(new PizZip(content), { paragraphLoop: true, linebreaks: true });
  doc.render(context);
  const data = doc.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  fs.writeFileSync(path.join(out, String(number).padStart(6, "0") + ".docx"), data);
});
const cpu = process.cpuUsage(before), wall = Number(process.hrtime.bigint() - start) / 1e9;
console.log(JSON.stringify({ wall, cpu: (cpu.user + cpu.system) / 1e6, mb: process.resourceUsage().maxRSS / 1024, child_mb: 0 }));
