/** Whose personal data it is: `flowLog-fl-…`, `token-…`; one key each, within an account. */
export interface Subject {
  readonly accountId: string;
  readonly name: string;
}

/** A piece of an event's data that may name people. */
export interface PersonalPart {
  /** Members that lead to it from the event's data; array indices are numbers. */
  readonly path: readonly (string | number)[];
  readonly subject: string;
  readonly value: unknown;
  /** What readers find in its place once the key is gone. */
  readonly erased: unknown;
}

/** An object has free text, but nothing says whose it is: a new kind of event needs a row in {@link subjectMembers}. */
export class UnownedPersonalData extends Error {
  constructor(readonly path: string) {
    super(
      `The free text in ${path} belongs to no known subject, so it could never be erased; it is not stored`,
    );
    this.name = 'UnownedPersonalData';
  }
}

export const erasedText = 'erased';

/**
 * Members that say whose the text beside them is, most specific first, and the kind of subject. The house rule: free text
 * stands together in one member `text`, beside the id of what it describes.
 */
const subjectMembers = [
  ['tokenId', 'token'],
  ['flowLogId', 'flowLog'],
  ['vSwitchId', 'vSwitch'],
  ['vpcId', 'vpc'],
  ['projectName', 'project'],
] as const;

export type SubjectKind = (typeof subjectMembers)[number][1];
export const subjectName = (kind: SubjectKind, id: string): string => `${kind}-${id}`;

type Members = Readonly<Record<string, unknown>>;

/** Every personal part of an event's data, however deep: a process's step holds what it was told. @throws UnownedPersonalData */
export function personalPartsOf({
  type,
  data,
}: {
  readonly type: string;
  readonly data: unknown;
}): PersonalPart[] {
  if (type === 'RequestAnswered') return partsOfAnswer(data as { answer?: { body?: unknown } });
  const parts: PersonalPart[] = [];
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    if (value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) return value.forEach((item, index) => visit(item, [...path, index]));
    for (const [name, member] of Object.entries(value)) {
      if (name === 'text' && isText(member)) {
        const subject = ownerOf(value as Members);
        if (!subject) throw new UnownedPersonalData([type, ...path, name].join('.'));
        parts.push({ path: [...path, name], subject, value: member, erased: erasedMembers(member) });
      } else visit(member, [...path, name]);
    }
  };
  visit(data, []);
  return parts;
}

/** The kept answer to a request is the text of a resource, as the doors show it: `name` and `description` beside the id. */
function partsOfAnswer(data: { answer?: { body?: unknown } }): PersonalPart[] {
  const body = data.answer?.body;
  if (typeof body !== 'string' || !body.startsWith('{')) return [];
  const resource = JSON.parse(body) as Members;
  const { name, description } = resource;
  const text = { ...(isString(name) && { name }), ...(isString(description) && { description }) };
  const subject = ownerOf(resource);
  if (!subject || Object.keys(text).length === 0) return [];
  const erased = JSON.stringify({ ...resource, ...erasedMembers(text) });
  return [{ path: ['answer', 'body'], subject, value: body, erased }];
}

const isString = (value: unknown): value is string => typeof value === 'string';

const isText = (value: unknown): value is Record<string, string> =>
  value !== null && typeof value === 'object' && Object.values(value).every(isString);

const erasedMembers = (text: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.keys(text).map((name) => [name, erasedText]));

function ownerOf(holder: Members): string | undefined {
  for (const [member, kind] of subjectMembers) {
    const id = holder[member];
    if (isString(id) && id !== '') return subjectName(kind, id);
  }
  return undefined;
}
