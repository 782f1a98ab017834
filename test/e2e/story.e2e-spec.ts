import { storySuite } from './support/story.suite';

storySuite('embedded stores');
