// The partition of AWS that a region lies in: part of every ARN there.

/** By the region's name, as AWS gives them. */
export const partitionOfRegion = (region: string): string => {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
};
