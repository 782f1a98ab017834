import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { TokenVerifier } from '@flowledger/access';
import type { Role } from '@flowledger/access';
import type { FastifyRequest } from 'fastify';
import { Forbidden, Unauthenticated } from './http-errors';
import { requestOf, requiredRoleKey } from './principal';
import type { Principal } from './principal';
import { RateLimits } from './rate-limits';

const ranks: Record<Role, number> = { reader: 1, operator: 2, administrator: 3 };

/** Stands before every route and resolver: a valid token, a role that suffices, and a rate that is bearable. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenVerifier,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const required = this.reflector.getAllAndOverride<Role | 'nobody' | undefined>(requiredRoleKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (required === 'nobody') return true;
    const principal = await this.signIn(requestOf(context));
    if (ranks[principal.role] < ranks[required ?? 'reader']) throw new Forbidden(required ?? 'reader');
    return true;
  }

  /** Checks and counts a request once; from then on it carries its principal. @throws Unauthenticated, TooManyRequests */
  async signIn(request: FastifyRequest): Promise<Principal> {
    if (request.principal) return request.principal;
    const principal = await this.authenticate(request.headers.authorization, request.ip);
    this.limits.countRequest(principal.tokenId);
    request.principal = principal;
    return principal;
  }

  private async authenticate(authorization: string | undefined, address: string) {
    this.limits.assertMaySignIn(address);
    const token = /^Bearer ([\x21-\x7e]{1,200})$/.exec(authorization ?? '')?.[1];
    const principal = token && (await this.tokens.verify(token));
    if (principal) return principal;
    this.limits.countFailedSignIn(address);
    throw new Unauthenticated();
  }
}
