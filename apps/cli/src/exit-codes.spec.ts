import { CommanderError } from 'commander';
import { exitCodeOf } from './exit-codes';
import {
  ConfigurationError,
  describeFailure,
  ProblemRefused,
  Refused,
  ServiceUnavailable,
  UsageError,
} from './failures';

const problem = {
  title: 'Invalid input',
  status: 422,
  code: 'InvalidInput',
  detail: '2 members are wrong',
  errors: [
    { path: 'tags.2.key', message: 'is needed' },
    { path: 'name', message: 'is too long' },
  ],
};

describe('a failed command', () => {
  it.each([
    ['help was asked for', new CommanderError(0, 'commander.helpDisplayed', ''), 0],
    ['a refusal', new Refused('no'), 1],
    ['a problem of the service', new ProblemRefused(problem), 1],
    ['an unknown option', new CommanderError(1, 'commander.unknownOption', ''), 2],
    ['a wrong operand', new UsageError('what?'), 2],
    ['a service that does not answer', new ServiceUnavailable('silence'), 69],
    ['a missing token', new ConfigurationError('no token'), 78],
  ])('after %s has its exit code', (_, error, code) => expect(exitCodeOf(error)).toBe(code));

  it('names title, detail and every wrong path', () => {
    expect(describeFailure(new ProblemRefused(problem))).toEqual([
      'Invalid input: 2 members are wrong',
      '  tags.2.key: is needed',
      '  name: is too long',
    ]);
  });
});
