import { createHash } from 'node:crypto';

export type ResourcePrefix = 'vpc' | 'vsw' | 'eni';

/** The cloud's own codes: an id tells its region. */
const regionCodes: Readonly<Record<string, string>> = {
  'cn-hangzhou': 'bp1',
  'cn-shanghai': 'uf6',
  'cn-qingdao': 'm5e',
  'cn-beijing': '2ze',
  'cn-zhangjiakou': '8vb',
  'cn-huhehaote': 'hp3',
  'cn-wulanchabu': '0jl',
  'cn-shenzhen': 'wz9',
  'cn-heyuan': 'f8z',
  'cn-guangzhou': '7xv',
  'cn-chengdu': '2vc',
  'cn-hongkong': 'j6c',
  'ap-northeast-1': '6we',
  'ap-southeast-1': 't4n',
  'ap-southeast-3': '8ps',
  'ap-southeast-5': 'k1a',
  'eu-central-1': 'gw8',
  'eu-west-1': 'd7o',
  'us-west-1': 'rj9',
  'us-east-1': '0xi',
  'me-east-1': 'eb3',
};

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

const lettersAndDigits = (name: string, length: number): string =>
  [...createHash('sha256').update(name, 'utf8').digest().subarray(0, length)]
    .map((byte) => alphabet[byte % alphabet.length])
    .join('');

/** `vpc-bp1…`: the region's code and 18 lower-case letters and digits. A repeated command gets the same id. */
export const resourceIdFor = (prefix: ResourcePrefix, regionId: string, commandId: string): string => {
  const region = regionCodes[regionId] ?? lettersAndDigits(regionId, 3);
  return `${prefix}-${region}${lettersAndDigits(`${prefix}/${commandId}`, 18)}`;
};

export const isResourceId = (prefix: ResourcePrefix, id: string): boolean =>
  id.startsWith(`${prefix}-`) && /^[a-z0-9]{1,40}$/.test(id.slice(4));
