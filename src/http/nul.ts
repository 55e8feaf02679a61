/** Every way of writing U+0000 in JSON or GraphQL. */
const NUL = /\\u(0000|\{0+\})/i;

/** Whether a request has U+0000 anywhere. PostgreSQL has no text with it, so nothing here can mean anything. */
export const mentionsNul = (request: object): boolean => NUL.test(JSON.stringify(request));

export const NUL_MESSAGE = 'the character U+0000 cannot be used';
