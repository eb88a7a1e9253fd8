import { bytes } from './bytes';
import { inSmall } from './in-small';

inSmall('bytes', bytes);
