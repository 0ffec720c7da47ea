export interface Range {
  low: number;
  high: number;
}
