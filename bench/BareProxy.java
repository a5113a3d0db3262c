import io.undertow.Undertow;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.net.URI;

/// Undertow's ProxyHandler and nothing else: the floor under the gateway's own cost.
public class BareProxy {
  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    // The pool copies its limits when a host is added, so the host comes last.
    LoadBalancingProxyClient client =
        new LoadBalancingProxyClient()
            .setConnectionsPerThread(20_000)
            .setSoftMaxConnectionsPerThread(0)
            .setTtl(4_000)
            .setProblemServerRetry(0)
            .setMaxQueueSize(0);
    client.addHost(URI.create(args[1]));
    ProxyHandler proxy =
        ProxyHandler.builder().setProxyClient(client).setMaxRequestTime(-1).build();
    Undertow.builder()
        .setIoThreads(2)
        .setWorkerThreads(2)
        .addHttpListener(port, "127.0.0.1", proxy)
        .build()
        .start();
  }
}
