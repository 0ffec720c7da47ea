export interface Component {
  type: string;
  name: string;
  version: string;
  purl: string;
  licenses: { expression: string }[];
}
export interface Bill {
  serialNumber: string;
  components: Component[];
}
export function bill(
  made: { build: string; libraries: { name: string; version: string; license: string }[] },
  version: string,
  epoch: number,
): Bill;
