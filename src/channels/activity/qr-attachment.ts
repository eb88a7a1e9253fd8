import { drawQrCode } from '../../conversation/qr';
import type { Bubble } from '../../conversation/reply';
import type { Attachment } from './plain-activity';

/** The picture of a bubble as an attachment that stands in the message itself: nothing is fetched. */
export const qrAttachment = ({ text, title }: NonNullable<Bubble['qr']>): Attachment => ({
  contentType: 'image/svg+xml',
  contentUrl: `data:image/svg+xml;base64,${Buffer.from(drawQrCode(text)).toString('base64')}`,
  name: title,
});
