package dev.stoa.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Errors found before a request reaches a route, such as an address that cannot be decoded. The server's own page
/// would be HTML and repeat the address, token and all.
final class TransportErrors implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status =
                request.getAttribute(ErrorHandler.ERROR_STATUS) instanceof Integer code ? code : response.getStatus();
        int shown = HttpStatus.isClientError(status) || HttpStatus.isServerError(status) ? status : 500;
        response.setStatus(shown);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put("Access-Control-Allow-Origin", "*");
        // The server closes after what it could not read; a client that is not told sends its next request into
        // nothing.
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        String message = HttpStatus.getMessage(shown).toLowerCase(Locale.ROOT);
        byte[] body = ApiJson.error(shown, message, List.of()).getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
