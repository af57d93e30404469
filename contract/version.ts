// The version that stands in every manifest; bundling puts the text of package.json in.
import packageDocument from '../package.json' with { type: 'json' };

export const { version } = packageDocument;
