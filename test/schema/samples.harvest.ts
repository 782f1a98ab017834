import { addMissing } from './samples';
import { tellStory } from './story';

/** `npm run harvest:events`: not a test, but it needs the same surroundings as one. */
it('adds a sample of every event shape that the story has and the history has not', async () => {
  const added = addMissing(await tellStory());
  process.stdout.write(added.length > 0 ? `${added.join('\n')}\n` : 'The history has them all\n');
});
