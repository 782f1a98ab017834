/** Null means absent to every command, so absent it is made, at every depth; prototypes become plain. */
export function plain<Input>(value: Input): Input {
  if (Array.isArray(value)) return value.map((item: unknown) => plain(item)) as Input;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member as unknown)])) as Input;
}
