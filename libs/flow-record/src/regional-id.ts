import { createHash } from 'node:crypto';

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
  'cn-fuzhou': 'gw0',
  'cn-hongkong': 'j6c',
  'ap-northeast-1': '6we',
  'ap-northeast-2': 'mj7',
  'ap-southeast-1': 't4n',
  'ap-southeast-3': '8ps',
  'ap-southeast-5': 'k1a',
  'ap-southeast-6': '5ts',
  'ap-southeast-7': '0jo',
  'eu-central-1': 'gw8',
  'eu-west-1': 'd7o',
  'us-west-1': 'rj9',
  'us-east-1': '0xi',
  'me-east-1': 'eb3',
  'me-central-1': 'l4v',
};

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

const lettersAndDigits = (name: string, length: number): string =>
  [...createHash('sha256').update(name, 'utf8').digest().subarray(0, length)]
    .map((byte) => alphabet[byte % alphabet.length])
    .join('');

/**
 * `<prefix>-bp1…`: the region's code and 18 lower-case letters and digits. The same seed gives the same id, so that a
 * repeated command gets the id it got the first time.
 */
export const regionalId = (prefix: string, regionId: string, seed: string): string =>
  `${prefix}-${regionCodes[regionId] ?? lettersAndDigits(regionId, 3)}${lettersAndDigits(seed, 18)}`;
