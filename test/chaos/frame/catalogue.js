/** The catalogue of failures has the ids R1 to R49; each is a row of the table, written or not. */
const caseIds = Array.from({ length: 49 }, (_, index) => `R${index + 1}`);

const adapters = ['embedded', 'EventStoreDB fake', 'real EventStoreDB', 'MongoDB fake'];

/** `r07-` for R7: how the name of the file begins that holds the case. */
const filePrefix = (id) => `r${id.slice(1).padStart(2, '0')}-`;

/** R7 for a path whose file is named `r07-….chaos-spec.ts`. */
const idOfFile = (path) => {
  const [, number] = /(?:^|[\\/])r(\d\d)-[^\\/]+$/.exec(path) ?? [];
  return number && `R${Number(number)}`;
};

module.exports = { adapters, caseIds, filePrefix, idOfFile };
