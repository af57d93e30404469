import { describe, expect, it } from 'vitest';
import {
  fillStateTemplate,
  globPrefix,
  isStateGlob,
  parseStateLocation,
  type StateTemplateValues,
} from '../../../contract/drift/state-location.ts';
import { InventoryError } from '../../../contract/errors.ts';

const thrownBy = (run: () => unknown): InventoryError => {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof InventoryError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
};

describe('a place of states', () => {
  it.each([
    ['tfstate://terraform.tfstate', 'tfstate', 'terraform.tfstate'],
    ['tfstate:///srv/states/**', 'tfstate', '/srv/states/**'],
    ['tfstate+s3://acme-states/env:/prod/network.tfstate', 'tfstate+s3', 'acme-states/env:/prod/network.tfstate'],
    ['tfstate+tfcloud://ws-9hSDP2gQhB8vZvBm', 'tfstate+tfcloud', 'ws-9hSDP2gQhB8vZvBm'],
    ['tfstate+tfcloud://acme/network-prod', 'tfstate+tfcloud', 'acme/network-prod'],
    ['tfstate+gs://acme-states/prod/default.tfstate', 'tfstate+gs', 'acme-states/prod/default.tfstate'],
    ['tfstate+azurerm://tfstate/prod.terraform.tfstate', 'tfstate+azurerm', 'tfstate/prod.terraform.tfstate'],
    ['tfstate+https://states.example.com/prod', 'tfstate+https', 'states.example.com/prod'],
  ])('is read from %s', (text, scheme, path) => {
    expect(parseStateLocation(text)).toEqual({ scheme, path, text });
  });

  it('is shown without what a URL may keep secret', () => {
    const location = parseStateLocation('tfstate+https://ci:hunter22@gitlab.example.com:8443/state/prod?token=abc');
    expect(location.path).toBe('ci:hunter22@gitlab.example.com:8443/state/prod?token=abc');
    expect(location.text).toBe('tfstate+https://gitlab.example.com:8443/state/prod?…');
  });

  it.each([
    ['states/prod.tfstate', 'it has no scheme'],
    ['', 'it has no scheme'],
    ['s3://bucket/key', 's3 is no known scheme'],
    ['tfstate+s3://bucket', 'it is not whole'],
    ['tfstate+s3:///key', 'it is not whole'],
    ['tfstate://', 'it is not whole'],
    ['tfstate+tfcloud://acme', 'it is not whole'],
    ['tfstate+tfcloud://acme/network/prod', 'it is not whole'],
    ['tfstate+https://', 'it is not whole'],
  ])('is refused in %j', (text, why) => {
    const error = thrownBy(() => parseStateLocation(text));
    expect(error.code).toBe('usage');
    expect(error.message).toContain(why);
    expect(error.remedy).toContain('tfstate');
  });

  it('is not quoted with its password when it is refused', () => {
    const error = thrownBy(() => parseStateLocation('tfstate+https://ci:hunter22@host:port/state'));
    expect(`${error.message} ${error.remedy}`).not.toContain('hunter22');
  });

  it.each([
    ['tfstate+s3://bucket/env/**/*.tfstate', true, 'bucket/env/'],
    ['tfstate+s3://bucket/{prod,test}/x.tfstate', true, 'bucket/'],
    ['tfstate://states/[ab].tfstate', true, 'states/'],
    ['tfstate+gs://bucket/prod/default.tfstate', false, 'bucket/prod/default.tfstate'],
    ['tfstate+https://host/state?name=*', false, 'host/state'],
  ])('is a glob or none: %s', (text, isGlob, prefix) => {
    const location = parseStateLocation(text);
    expect(isStateGlob(location)).toBe(isGlob);
    expect(globPrefix(location.path)).toBe(prefix);
  });
});

const values: StateTemplateValues = {
  accountId: '123456789012',
  accountName: 'Shop prod',
  path: ['Workloads', 'Prod'],
  tags: { team: 'checkout', empty: '', star: '*', up: 'a/../b', path: 'eu/shop' },
};

describe('a template of a place', () => {
  it.each([
    ['tfstate+s3://states/{account_id}/**/*.tfstate', 'tfstate+s3://states/123456789012/**/*.tfstate'],
    ['tfstate+s3://states/{ou}/{account_name}.tfstate', 'tfstate+s3://states/Prod/Shop prod.tfstate'],
    ['tfstate+s3://states/{ou_path}/x', 'tfstate+s3://states/Workloads/Prod/x'],
    ['tfstate+s3://{tag:team}-states/{tag:path}/x', 'tfstate+s3://checkout-states/eu/shop/x'],
    ['tfstate+s3://states/{account_id}/{net,app}.tfstate', 'tfstate+s3://states/123456789012/{net,app}.tfstate'],
  ])('%s is filled', (template, filled) => {
    expect(fillStateTemplate(template, values)).toBe(filled);
  });

  it.each([
    ['{account}', '{account} is no place'],
    ['{}', '{} is no place'],
    ['{tag:cost}', 'Account 123456789012 has no value for {tag:cost}'],
    ['{tag:toString}', 'Account 123456789012 has no value for {tag:toString}'],
    ['{tag:empty}', 'cannot be part of a location'],
    ['{tag:star}', '"*", which account 123456789012 has for {tag:star}, cannot be part of a location'],
    ['{tag:up}', 'cannot be part of a location'],
  ])('%s is refused', (place, why) => {
    const error = thrownBy(() => fillStateTemplate(`tfstate+s3://states/${place}/x`, values));
    expect(error.code).toBe('settings-invalid');
    expect(error.message).toContain(why);
  });

  it('refuses the unit of an account that lies in none', () => {
    const error = thrownBy(() => fillStateTemplate('tfstate://{ou}/x', { ...values, path: [] }));
    expect(error.message).toBe('Account 123456789012 has no value for {ou}');
    expect(error.remedy).toContain('a drift.from of its own');
  });
});
