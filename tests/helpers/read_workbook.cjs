// Prints the values of a workbook's sheets as JSON, as exceljs or SheetJS reads them:
//   node read_workbook.cjs MODULES exceljs|xlsx WORKBOOK
const { createRequire } = require("node:module");
const path = require("node:path");

const [modules, library, workbook] = process.argv.slice(2);
const load = createRequire(path.join(path.resolve(modules), "any.js"));

async function readByExceljs() {
  const book = new (load("exceljs").Workbook)();
  await book.xlsx.readFile(workbook);
  const sheets = {};
  for (const sheet of book.worksheets) {
    const rows = [];
    sheet.eachRow({ includeEmpty: true }, (row) => {
      const values = [];
      row.eachCell({ includeEmpty: true }, (cell) => {
        values.push(typeof cell.value === "number" ? cell.value : cell.text);
      });
      rows.push(values);
    });
    sheets[sheet.name] = { rows, tables: Object.keys(sheet.tables ?? {}) };
  }
  return sheets;
}

function readBySheetjs() {
  const xlsx = load("xlsx");
  const book = xlsx.readFile(workbook);
  const sheets = {};
  for (const name of book.SheetNames) {
    const rows = xlsx.utils.sheet_to_json(book.Sheets[name], { header: 1, blankrows: true });
    sheets[name] = { rows: rows.map((row) => Array.from(row, (value) => value ?? "")) };
  }
  return sheets;
}

(async () => {
  const sheets = library === "exceljs" ? await readByExceljs() : readBySheetjs();
  process.stdout.write(JSON.stringify(sheets));
})();
