import { type HttpReply, type HttpRequest, refuse } from '../../http';
import { authorise, type DirectLineContext } from './context';

/** `POST /v3/directline/conversations/:id/upload`: always refused; nobody should send their papers here. */
export function upload(context: DirectLineContext, request: HttpRequest): HttpReply {
  const access = authorise(context, request);
  return 'refusal' in access ? access.refusal : refuse('DIRECTLINE_UPLOAD');
}
