const lineOfSample = /^([a-zA-Z_:][\w:]*)(\{[^}]*\})? ([-+.\deEInfNa]+)/;

/** The service's own figures of a Prometheus text, without buckets: name and labels → value. */
export function metricSamples(text: string): Record<string, number> {
  const samples = text.split('\n').flatMap((line): [string, number][] => {
    const [, name, labels = '', value] = lineOfSample.exec(line) ?? [];
    const isOurs = name?.startsWith('flowledger_') && !name.endsWith('_bucket');
    return isOurs ? [[`${name}${labels}`, Number(value)]] : [];
  });
  return Object.fromEntries(samples);
}
